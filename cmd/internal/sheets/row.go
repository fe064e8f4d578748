package sheets

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Row is a row of a sheet, made into an act.
type Row struct {
	Sheet  string                   // empty for a CSV
	Number int                      // as the spreadsheet program numbers it
	Type   string                   // of the act
	Act    []byte                   // as JSON, without an id; empty where an error was given
	Words  string                   // what it says, for people
	heads  map[string]string        // by the fields that are filled in
	empty  func() map[string]string // by those that are not; worked out when somebody asks
}

// Column gives the head of the column that a field of the act was filled from, such as Limit 2 amount for
// data.limits[0].max: where it has none of its own, that of what it is part of; empty where no column is concerned.
func (r *Row) Column(path string) string {
	var empty map[string]string
	if r.empty != nil {
		empty = r.empty()
	}
	for path != "" {
		if head := first(r.heads[path], empty[path]); head != "" {
			return head
		}
		path = path[:max(strings.LastIndexAny(path, ".["), 0)]
	}
	return ""
}

// making is a row on its way to becoming an act.
type making struct {
	*Row
	line   line
	table  *table
	values map[*Column]string
	tree   map[string]any
	groups map[string]int // by a list's path and its number in the sheet, the place in the act's list
}

// Row makes an act of a row. governing gives the governing body's id at an effective date, in whose name an act is done that
// does not say; it is asked for no others. Every error is an [Error].
func (b *Book) Row(i int, governing func(effective string) string) (*Row, error) {
	m := b.making(i)
	if err := m.read(); err != nil {
		return m.Row, err
	}
	if err := m.fill(); err != nil {
		return m.Row, err
	}
	if _, ok := m.tree["by"]; !ok {
		m.fallBack(governing)
	}
	m.tree["type"] = m.Type
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(m.tree); err != nil {
		return m.Row, &Error{Sheet: m.Sheet, Row: m.Number, What: err.Error()}
	}
	m.Act = bytes.TrimSpace(out.Bytes())
	m.Words = m.table.fit.kind.say(m.get) + ", from " + m.get("Effective date") + after(", until ", m.get("Until"))
	return m.Row, nil
}

func (b *Book) making(i int) *making {
	t := b.tables[b.rows[i].table]
	l := t.lines[b.rows[i].line]
	return &making{Row: &Row{Sheet: t.name, Number: l.row, heads: map[string]string{}}, line: l, table: t,
		values: map[*Column]string{}, tree: map[string]any{}, groups: map[string]int{}}
}

func (m *making) wrong(c *Column, what, cure string) error {
	e := &Error{Sheet: m.Sheet, Row: m.Number, What: what, Cure: cure}
	if c != nil {
		e.Column, e.Path = c.Head, c.path(m.Type)
	}
	return e
}

// get gives the value under a head, as it was read; empty where there is none.
func (m *making) get(head string) string { return m.values[m.table.fit.kind.heads[head]] }

// read takes the cells for what their columns take them for, and finds out what act it is.
func (m *making) read() error {
	kind, l := m.table.fit.kind, m.line
	for _, c := range l.cells {
		column := m.table.fit.columns[c.column]
		switch {
		case column == nil && c.holds == flaw:
			return m.wrong(nil, c.text, c.cure)
		case column == nil:
			return m.wrong(nil, "the cell "+reference(l.row, c.column)+" stands under no head", "Give the column a head of the template, or empty the cell.")
		case column.Head == remark:
			if m.values[column] = ""; c.holds == words {
				m.values[column] = c.text
			}
			continue
		}
		text, what, cure := column.value(c)
		if what != "" {
			return m.wrong(column, what, cure)
		}
		m.values[column] = text
	}
	if marked(m.get(remark)) {
		return m.wrong(kind.heads[remark], "the row is marked "+example+" and is not as the template has it", "Empty the remark to import the row, or delete the row.")
	}
	if m.Type = kind.act(m.get); m.Type == "" {
		return m.wrong(kind.heads["To a"], "role or body is wanted", "")
	}
	return nil
}

func marked(text string) bool { return strings.HasPrefix(strings.ToUpper(text), example) }

// fill puts the values where the act has them, in the order of the kind's columns.
func (m *making) fill() error {
	kind := m.table.fit.kind
	var empty []*Column
	for i := range kind.Columns {
		c := &kind.Columns[i]
		text, path := m.values[c], c.path(m.Type)
		switch {
		case text == "" && c.Required:
			return m.wrong(c, "the cell is empty", "Fill it in.")
		case text != "" && path == "" && c.Paths != nil:
			return m.wrong(c, "the column is not for "+m.Type, "Empty the cell; the notes of the template say what it is for.")
		case path == "":
			continue
		case text == "":
			empty = append(empty, c)
			continue
		}
		var value any = text
		switch c.Takes {
		case List:
			value = separated(text)
		case YesNo:
			value = text == "yes"
		case Count:
			value = json.RawMessage(text)
		case Word, Long, Day, Amount, Period:
		}
		m.put(path, value, c.Head)
	}
	m.empty = func() map[string]string {
		heads := map[string]string{"resolution": "Resolution reference"}
		for _, c := range empty {
			if path := m.missing(c.path(m.Type)); path != "" {
				heads[path] = c.Head
			}
		}
		return heads
	}
	return nil
}

// put sets a field of the act. A group of columns that is filled in becomes the next of its list, so that a group left out
// leaves no gap.
func (m *making) put(path string, value any, head string) {
	at, made := m.tree, ""
	parts := strings.Split(path, ".")
	for i, part := range parts {
		name, group, list := strings.Cut(part, "[")
		made = strings.TrimPrefix(made+"."+name, ".")
		switch {
		case list:
			all, _ := at[name].([]any)
			n, ok := m.groups[made+"["+group]
			if !ok {
				n = len(all)
				m.groups[made+"["+group] = n
				all = append(all, map[string]any{})
				at[name] = all
			}
			made += "[" + strconv.Itoa(n) + "]"
			at = all[n].(map[string]any)
		case i == len(parts)-1:
			at[name] = value
		default:
			inner, ok := at[name].(map[string]any)
			if !ok {
				inner = map[string]any{}
				at[name] = inner
			}
			at = inner
		}
	}
	m.heads[made] = head
}

// missing gives the field that an empty cell leaves out. That of a group is under the place its group has in the act; one of
// a group that is empty altogether is none.
func (m *making) missing(path string) string {
	list, field, ok := strings.Cut(path, "]")
	if !ok {
		return path
	}
	n, filled := m.groups[list+"]"]
	if !filled {
		return ""
	}
	return list[:strings.Index(list, "[")+1] + strconv.Itoa(n) + "]" + field
}

// fallBack names in whose name an act is done that does not say.
func (m *making) fallBack(governing func(effective string) string) {
	if from := m.get("From"); from != "" {
		m.tree["by"], m.heads["by"] = from, "From"
	} else if body := governing(m.get("Effective date")); body != "" {
		m.tree["by"] = body
	}
}

// value takes a cell for what its column takes it for: its text, or what is wrong and what would cure it.
func (c *Column) value(v cell) (text, what, cure string) {
	const asText = "Format the cell as text and type it again."
	switch v.holds {
	case flaw:
		return "", v.text, v.cure
	case day:
		if c.Takes != Day {
			return "", "the cell holds the date " + v.text + ", and a date is not wanted here", asText
		}
		return v.text, "", ""
	case share:
		return "", "the cell shows a percentage, and whether 0.5 or 50 is meant cannot be told", asText
	case truth:
		if c.Takes != YesNo {
			return "", "the cell holds a logical value (" + v.text + ")", asText
		}
		return v.text, "", ""
	case number:
		if c.Takes == Day {
			return "", "the cell holds the number " + v.text + ", and a date is wanted", "Type the date as 2026-03-01, or format the cell as a date."
		}
	case words:
	}
	return c.word(v.text)
}

// word takes text for what the column takes it for.
func (c *Column) word(text string) (value, what, cure string) {
	quoted := strconv.Quote(clipped(text))
	switch c.Takes {
	case Day:
		d, ok := written(text)
		if !ok {
			return "", quoted + " is no date that can be read in one way alone", "Write the date as 2026-03-01."
		}
		return d, "", ""
	case YesNo:
		if yes, ok := answers[strings.ToLower(text)]; ok {
			return yes, "", ""
		}
		return "", quoted + " is neither yes nor no", ""
	case Count:
		if !wholeNumber.MatchString(text) {
			return "", quoted + " is no whole number", ""
		}
	case Period:
		if iso := periods[strings.ToLower(text)]; iso != "" {
			return iso, "", ""
		}
	case Word, Long, List, Amount:
	}
	for _, o := range c.Options {
		if strings.EqualFold(o, text) {
			return o, "", ""
		}
	}
	if len(c.Options) > 0 && !c.Open {
		return "", quoted + " is none of " + strings.Join(c.Options, ", "), ""
	}
	return text, "", ""
}

var (
	wholeNumber = regexp.MustCompile(`^(0|[1-9][0-9]{0,6})$`)
	answers     = map[string]string{"yes": "yes", "y": "yes", "true": "yes", "1": "yes", "no": "no", "n": "no", "false": "no", "0": "no"}
	periods     = map[string]string{"weekly": "P1W", "monthly": "P1M", "quarterly": "P3M", "half-yearly": "P6M", "yearly": "P1Y", "annually": "P1Y"}
)

// separated gives the entries of a list: what stands between commas, semicolons and line breaks.
func separated(text string) []string {
	out := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == '\n' })
	for i, s := range out {
		out[i] = strings.TrimSpace(s)
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}
