package sheets

import (
	"strconv"
	"strings"
	"unicode"
)

// Kind is a kind of sheet: what acts its rows become, and what its columns are.
type Kind struct {
	Name    string // as a file is named after it: delegations
	Sheet   string // Delegations
	About   string // what a row is, for the notes
	Columns []Column
	heads   map[string]*Column                        // by head
	folded  map[string]*Column                        // by head, folded, and by its other names
	act     func(get func(head string) string) string // the type of a row's act
	say     func(get func(head string) string) string // the act in plain words
}

// Column is one column of a kind of sheet.
type Column struct {
	Head     string
	Path     string            // the field of the act, such as data.from; empty for what is not part of it
	Paths    map[string]string // in place of Path, by the act's type; the column is for no others
	Takes    Takes
	Required bool
	Options  []string // what a drop-down list offers
	Open     bool     // other values than Options are taken too
	Example  string
	Note     string
	Hidden   bool // not in templates; taken where it is there
	aliases  []string
}

// Takes is what a column's cells are taken for.
type Takes uint8

const (
	Word   Takes = iota // an id or another short text
	Long                // a text of several lines
	List                // ids, separated
	Day                 // a date
	Amount              // an exact decimal
	Count               // a whole number
	YesNo
	Period // how often: monthly, or an ISO 8601 duration
)

// path gives the field that the column fills in, in an act of a type; empty where it fills in none.
func (c *Column) path(act string) string {
	if c.Paths != nil {
		return c.Paths[act]
	}
	return c.Path
}

// remark is the first column of every sheet. What it says is for people; no act has it.
const (
	remark  = "Remark"
	example = "EXAMPLE"
)

// folded makes heads that differ in their case, spaces and marks alone the same.
func folded(head string) string {
	head, _, _ = strings.Cut(head, "(")
	return strings.Join(strings.FieldsFunc(strings.ToLower(head), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// column gives the column that a head names; nil where none has it.
func (k *Kind) column(head string) *Column { return k.folded[folded(head)] }

// index makes the columns known by their heads.
func (k *Kind) index() *Kind {
	k.heads, k.folded = map[string]*Column{}, map[string]*Column{}
	for i := range k.Columns {
		c := &k.Columns[i]
		k.heads[c.Head] = c
		for _, name := range append(c.aliases, folded(c.Head)) {
			k.folded[name] = c
		}
	}
	return k
}

// nearest gives the head that is spelled most like another one.
func (k *Kind) nearest(head string) string {
	best, least := "", 1<<30
	for _, c := range k.Columns {
		if d := distance(folded(head), folded(c.Head)); d < least {
			best, least = c.Head, d
		}
	}
	return best
}

// distance counts the letters to add, drop or change to make one word another (Levenshtein).
func distance(a, b string) int {
	from, to := []rune(a), []rune(b)
	if len(from) > 200 {
		from = from[:200]
	}
	row := make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range from {
		last := row[0]
		row[0] = i + 1
		for j, y := range to {
			now := min(row[j+1]+1, row[j]+1, last+1)
			if x == y {
				now = min(now, last)
			}
			last, row[j+1] = row[j+1], now
		}
	}
	return row[len(to)]
}

// fit is how the columns of a sheet lie: by column of the file, the kind's column.
type fit struct {
	kind    *Kind
	columns map[int]*Column
}

// fitting matches the first row of a sheet with the columns of its kind.
func fitting(k *Kind, head line) (*fit, error) {
	f := &fit{kind: k, columns: map[int]*Column{}}
	seen := map[*Column]bool{}
	for _, c := range head.cells {
		if c.holds != words {
			if c.holds != flaw {
				c.text, c.cure = "the head of a column is no text: "+clipped(c.text), "Name the column as the template does."
			}
			return nil, &Error{Row: head.row, What: c.text, Cure: c.cure}
		}
		name := clipped(c.text)
		if c.column >= maxColumns {
			return nil, &Error{Row: head.row, Column: name, What: "the column stands beyond the " + strconv.Itoa(maxColumns) + " that are read"}
		}
		found := k.column(c.text)
		switch {
		case found == nil:
			return nil, &Error{Row: head.row, Column: name, What: "there is no such column in a sheet of " + k.Name,
				Cure: "The nearest is " + k.nearest(c.text) + "; what is for people alone goes into Remark."}
		case seen[found]:
			return nil, &Error{Row: head.row, Column: name, What: "the column is there twice", Cure: "Delete one of the two."}
		}
		seen[found] = true
		f.columns[c.column] = found
	}
	var missing []string
	for i := range k.Columns {
		if c := &k.Columns[i]; c.Required && !seen[c] {
			missing = append(missing, c.Head)
		}
	}
	if len(missing) > 0 {
		return nil, &Error{Row: head.row, What: "the sheet has no column " + strings.Join(missing, ", nor "),
			Cure: "Add it, or start from the template that `import --template " + k.Name + ".xlsx` writes."}
	}
	return f, nil
}

// kindByName gives the kind that a sheet's or a file's name begins with; nil where it is none.
func kindByName(name string) *Kind {
	name = folded(name)
	for _, k := range Kinds {
		if rest, ok := strings.CutPrefix(name, k.Name); ok && (rest == "" || !unicode.IsLetter([]rune(rest)[0])) {
			return k
		}
	}
	return nil
}

// kindByHead gives the kind of which a row has all the required columns and no others; nil where it is none or several.
func kindByHead(head line) (found *Kind) {
	for _, k := range Kinds {
		if _, err := fitting(k, head); err == nil {
			if found != nil {
				return nil
			}
			found = k
		}
	}
	return found
}
