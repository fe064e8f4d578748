package catalogue

import (
	_ "embed" // for the catalogues
	"slices"
	"strings"
	"sync"
)

//go:embed data/iso42001.csv
var iso42001 []byte

//go:embed data/iso37000.csv
var iso37000 []byte

//go:embed data/iso27001.csv
var iso27001 []byte

//go:embed data/iso9001.csv
var iso9001 []byte

// embedded are the catalogues that come with the program, in the order in which they are shown: first the standard the
// ledger is made for, then the one whose distinction it follows.
var embedded = []struct {
	name, title string
	text        []byte
}{
	{"iso42001", "ISO/IEC 42001:2023, clauses 4–10 and the controls of Annex A", iso42001},
	{"iso37000", "ISO 37000:2021, principles, and the clauses and terms that others refer to", iso37000},
	{"iso27001", "ISO/IEC 27001:2022, clauses 4–10", iso27001},
	{"iso9001", "ISO 9001:2015, clauses 4–10, to three levels", iso9001},
}

// Names gives the names of the embedded catalogues: iso42001, iso37000, iso27001, iso9001.
func Names() []string {
	names := make([]string, len(embedded))
	for i, e := range embedded {
		names[i] = e.name
	}
	return names
}

// Embedded gives an embedded catalogue, and false for a name that none has. Each call gives a copy, which is the
// caller's own.
func Embedded(name string) (*Catalogue, bool) {
	i := slices.Index(Names(), name)
	if i < 0 {
		return nil, false
	}
	return catalogues()[i].clone(), true
}

// catalogues are read once, when first asked for: most commands need none. One with something wrong in it would be a
// fault of the build, which the tests find.
var catalogues = sync.OnceValue(func() []*Catalogue {
	var all []*Catalogue
	for _, e := range embedded {
		c, err := parse(e.name, e.text, principles())
		if err != nil {
			panic("catalogue: " + e.name + ": " + err.Error())
		}
		c.Title = e.title
		all = append(all, c)
	}
	return all
})

// principles are the numbers of iso37000, which the other catalogues and the duties refer to.
var principles = sync.OnceValue(func() map[string]bool {
	c, err := parse("iso37000", iso37000, nil)
	if err != nil {
		panic("catalogue: iso37000: " + err.Error())
	}
	numbers := make(map[string]bool, len(c.Rows))
	for _, r := range c.Rows {
		numbers[strings.TrimPrefix(r.ID, "iso37000:")] = true
	}
	return numbers
})
