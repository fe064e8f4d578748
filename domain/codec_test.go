package domain_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"buckstop/domain"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// office is a ledger in which what the acts of these tests name exists.
const office = `
2026-01-01 board ledger.opened {"organization":{"name":"Acme plc"},"governingBody":{"id":"board","name":"Board"},"timeZone":"Europe/London"}
2026-01-01 board party.registered {"id":"ada","kind":"person","name":"Ada Okafor"}
2026-01-01 board party.registered {"id":"ben","kind":"person","name":"Ben Hale"}
2026-01-01 board member.appointed {"body":"board","party":"ada","capacity":"chair"}
2026-01-01 board scope.defined {"id":"aims","name":"AI management system"}
`

// grant is a delegation with a place for more members of the act and of its data.
func grant(data, act string) string {
	return fmt.Sprintf(`{"id":"g1","type":"delegation.granted","effective":"2026-03-01","by":"board"%s,"data":{"id":"d-1","from":"board","to":"ben","scope":"aims"%s}}`, act, data)
}

func limit(max string) string {
	return grant(`,"limits":[{"dimension":"spend","unit":"GBP","max":`+max+`,"per":"act"}]`, "")
}

func purposeAt(effective string) string {
	return `{"type":"purpose.defined","effective":` + effective + `,"by":"board","data":{"statement":"Trade"}}`
}

func measure(value string) string {
	return `{"type":"measure.reported","effective":"2026-03-01","by":"ben","data":{"scope":"aims","metric":"gap","unit":"percent","value":` + value + `}}`
}

func purpose(statement string) string {
	return `{"type":"purpose.defined","effective":"2026-03-01","by":"board","data":{"statement":` + statement + `}}`
}

func scopeNamed(name string) string {
	return `{"type":"scope.defined","effective":"2026-03-01","by":"board","data":{"id":"lab","name":` + name + `}}`
}

func evidence(member string) string { return grant("", `,"evidence":[{"title":"Minutes",`+member+`}]`) }

// TestCodecRefusesWhatIsNoActAndSaysWhere is strict parsing, as DOMAIN, section 3, demands it: what is malformed is INVALID,
// with the path of the field.
func TestCodecRefusesWhatIsNoActAndSaysWhere(t *testing.T) {
	long := strings.Repeat("x", 201)
	for _, c := range []struct{ name, act, path string }{
		// fields
		{"unknown field of the act", grant("", `,"approvedBy":"ada"`), "approvedBy"},
		{"unknown field of the data", grant(`,"approvedBy":"ada"`, ""), "data.approvedBy"},
		{"unknown field in a list", grant(`,"limits":[{"dimension":"spend","unit":"GBP","max":"1","per":"act"},{"dimension":"spend","unit":"GBP","max":"1","per":"day","hard":true}]`, ""), "data.limits[1].hard"},
		{"unknown field in a nested object", grant(`,"subdelegation":{"maxDepth":1,"levels":2}`, ""), "data.subdelegation.levels"},
		{"unknown field of a resolution", grant("", `,"resolution":{"date":"2026-02-24","method":"meeting","chair":"ada"}`), "resolution.chair"},
		{"field in other letters", grant("", `,"Rationale":"because"`), "Rationale"},
		{"field given twice in the act", grant("", `,"by":"board"`), "by"},
		{"field given twice in the data", grant(`,"to":"ada"`, ""), "data.to"},
		{"field given twice in a list", grant(`,"limits":[{"dimension":"spend","unit":"GBP","max":"1","max":"2","per":"act"}]`, ""), "data.limits[0].max"},
		{"field given twice, once with an escape", grant(`,"t\u006f":"ada"`, ""), "data.to"},
		{"missing type", `{"effective":"2026-03-01","by":"board","data":{}}`, "type"},
		{"missing effective", `{"type":"purpose.defined","by":"board","data":{"statement":"x"}}`, "effective"},
		{"missing by", `{"type":"purpose.defined","effective":"2026-03-01","data":{"statement":"x"}}`, "by"},
		{"missing data", `{"type":"purpose.defined","effective":"2026-03-01","by":"board"}`, "data"},
		{"missing field of the data", `{"type":"delegation.granted","effective":"2026-03-01","by":"board","data":{"id":"d","from":"board","scope":"aims"}}`, "data.to"},
		{"missing field in a list", grant(`,"limits":[{"dimension":"spend","unit":"GBP","per":"act"}]`, ""), "data.limits[0].max"},
		{"missing field of a resolution", grant("", `,"resolution":{"method":"meeting"}`), "resolution.date"},

		// kinds
		{"number for a string", limit("50000"), "data.limits[0].max"},
		{"number for an id", grant("", `,"through":[7]`), "through[0]"},
		{"string for a number", `{"type":"body.changed","effective":"2026-03-01","by":"board","data":{"id":"board","quorum":"2"}}`, "data.quorum"},
		{"fraction for a whole number", `{"type":"body.changed","effective":"2026-03-01","by":"board","data":{"id":"board","quorum":2.0}}`, "data.quorum"},
		{"negative quorum", `{"type":"body.changed","effective":"2026-03-01","by":"board","data":{"id":"board","quorum":-1}}`, "data.quorum"},
		{"string for true or false", grant(`,"subdelegation":{"permitted":"yes"}`, ""), "data.subdelegation.permitted"},
		{"string for a list", grant(`,"powers":"spend"`, ""), "data.powers"},
		{"object for a list", grant(`,"powers":{}`, ""), "data.powers"},
		{"list for an object", grant("", `,"resolution":[]`), "resolution"},
		{"data that is no object", `{"type":"purpose.defined","effective":"2026-03-01","by":"board","data":"x"}`, "data"},
		{"null for an optional string", grant(`,"until":null`, ""), "data.until"},
		{"null for an optional object", grant("", `,"resolution":null`), "resolution"},
		{"null for powers of a grant", grant(`,"powers":null`, ""), "data.powers"},
		{"null for the id of a variation", `{"type":"delegation.varied","effective":"2026-03-01","by":"board","data":{"id":null}}`, "data.id"},
		{"null for a text", purpose("null"), "data.statement"},
		{"an act that is a list", `[]`, ""},
		{"an act that is a string", `"delegation.granted"`, ""},
		{"nothing", ``, ""},
		{"white space", "  \n", ""},

		// words
		{"wrong word of a list of words", `{"type":"party.registered","effective":"2026-03-01","by":"board","data":{"id":"x","kind":"robot","name":"X"}}`, "data.kind"},
		{"word in capitals", grant(`,"acceptance":"Required"`, ""), "data.acceptance"},
		{"empty word", grant(`,"acceptance":""`, ""), "data.acceptance"},
		{"unknown type", `{"type":"delegation.given","effective":"2026-03-01","by":"board","data":{}}`, "type"},
		{"type with version", `{"type":"delegation.granted.v1","effective":"2026-03-01","by":"board","data":{}}`, "type"},
		{"empty type", `{"type":"","effective":"2026-03-01","by":"board","data":{}}`, "type"},
		{"id with a space", grant("", `,"through":["ada okafor"]`), "through[0]"},
		{"id that begins with a point", `{"id":".x","type":"purpose.defined","effective":"2026-03-01","by":"board","data":{"statement":"x"}}`, "id"},
		{"id with a letter beyond ASCII", `{"type":"purpose.defined","effective":"2026-03-01","by":"bôard","data":{"statement":"x"}}`, "by"},
		{"empty id", `{"type":"purpose.defined","effective":"2026-03-01","by":"","data":{"statement":"x"}}`, "by"},
		{"id of 201 characters", `{"id":"` + long + `","type":"purpose.defined","effective":"2026-03-01","by":"board","data":{"statement":"x"}}`, "id"},
		{"id of the made thing of 201 characters", `{"type":"scope.defined","effective":"2026-03-01","by":"board","data":{"id":"` + long + `","name":"X"}}`, "data.id"},
		{"ledger id in capitals", `{"type":"party.registered","effective":"2026-03-01","by":"board","data":{"id":"x","kind":"organization","name":"X","ledger":"Acme"}}`, "data.ledger"},

		// times
		{"time without zone", purposeAt(`"2026-03-01T09:00:00"`), "effective"},
		{"time with a space", purposeAt(`"2026-03-01 09:00:00Z"`), "effective"},
		{"time without seconds", purposeAt(`"2026-03-01T09:00Z"`), "effective"},
		{"date of one digit", purposeAt(`"2026-3-1"`), "effective"},
		{"date of the year 0", purposeAt(`"0000-12-31"`), "effective"},
		{"time of the year 0", purposeAt(`"0000-12-31T23:59:59Z"`), "effective"},
		{"time before the year 1 in UTC", purposeAt(`"0001-01-01T00:00:00+01:00"`), "effective"},
		{"date of the year 10000", purposeAt(`"10000-01-01"`), "effective"},
		{"time after the year 9999 in UTC", purposeAt(`"9999-12-31T23:59:59-01:00"`), "effective"},
		{"30 February", purposeAt(`"2026-02-30"`), "effective"},
		{"29 February of a common year", purposeAt(`"2026-02-29T00:00:00Z"`), "effective"},
		{"leap second", purposeAt(`"2016-12-31T23:59:60Z"`), "effective"},
		{"lower-case t", purposeAt(`"2026-03-01t09:00:00Z"`), "effective"},
		{"lower-case z", purposeAt(`"2026-03-01T09:00:00z"`), "effective"},
		{"comma before the fraction", purposeAt(`"2026-03-01T09:00:00,5Z"`), "effective"},
		{"point without a fraction", purposeAt(`"2026-03-01T09:00:00.Z"`), "effective"},
		{"hour 24", purposeAt(`"2026-03-01T24:00:00Z"`), "effective"},
		{"zone of 24 hours", purposeAt(`"2026-03-01T09:00:00+24:00"`), "effective"},
		{"zone of 60 minutes", purposeAt(`"2026-03-01T09:00:00+01:60"`), "effective"},
		{"zone without a colon", purposeAt(`"2026-03-01T09:00:00+0100"`), "effective"},
		{"zone by name", purposeAt(`"2026-03-01T09:00:00 GMT"`), "effective"},
		{"empty time", purposeAt(`""`), "effective"},
		{"number for a time", purposeAt(`1772323200`), "effective"},
		{"finer than a nanosecond", purposeAt(`"2026-03-01T09:00:00.1234567891Z"`), "effective"},
		{"empty until", grant(`,"until":""`, ""), "data.until"},
		{"empty review date", grant(`,"reviewBy":""`, ""), "data.reviewBy"},
		{"empty date of a resolution", grant("", `,"resolution":{"date":"","method":"meeting"}`), "resolution.date"},
		{"malformed date of a resolution", grant("", `,"resolution":{"date":"24 Feb 2026","method":"meeting"}`), "resolution.date"},
		{"malformed review date", grant(`,"reviewBy":"2026"`, ""), "data.reviewBy"},
		{"until before it begins", grant(`,"until":"2026-02-28"`, ""), "data.until"},
		{"until when it begins", grant(`,"until":"2026-03-01"`, ""), "data.until"},
		{"until the instant it begins", grant(`,"until":"2026-03-01T00:00:00Z"`, ""), "data.until"},

		// amounts
		{"amount of 16 digits", limit(`"1234567890123456"`), "data.limits[0].max"},
		{"amount of five decimals", limit(`"1.00001"`), "data.limits[0].max"},
		{"amount with a minus", limit(`"-1"`), "data.limits[0].max"},
		{"amount with a plus", limit(`"+1"`), "data.limits[0].max"},
		{"amount with an exponent", limit(`"1e3"`), "data.limits[0].max"},
		{"empty amount", limit(`""`), "data.limits[0].max"},
		{"amount of a point", limit(`"."`), "data.limits[0].max"},
		{"amount that begins with the point", limit(`".5"`), "data.limits[0].max"},
		{"amount that ends with the point", limit(`"5."`), "data.limits[0].max"},
		{"amount with a thousands separator", limit(`"50,000"`), "data.limits[0].max"},
		{"amount with a space", limit(`" 5"`), "data.limits[0].max"},
		{"amount with digits of another script", limit(`"٥"`), "data.limits[0].max"},
		{"infinite amount", limit(`"Inf"`), "data.limits[0].max"},
		{"measure with two signs", measure(`"--1"`), "data.value"},
		{"measure with a plus", measure(`"+1"`), "data.value"},
		{"measure of a minus", measure(`"-"`), "data.value"},
		{"per of no period", grant(`,"limits":[{"dimension":"spend","unit":"GBP","max":"1","per":"week"}]`, ""), "data.limits[0].per"},

		// powers
		{"power in capitals", grant(`,"powers":["spend","Spend.Cloud"]`, ""), "data.powers[1]"},
		{"no powers", grant(`,"powers":[]`, ""), "data.powers"},
		{"empty power", grant(`,"powers":[""]`, ""), "data.powers[0]"},
		{"power with an empty word", grant(`,"powers":["spend..cloud"]`, ""), "data.powers[0]"},
		{"power that begins with a point", grant(`,"powers":[".spend"]`, ""), "data.powers[0]"},
		{"power with a star in its midst", grant(`,"powers":["spend.*.cloud"]`, ""), "data.powers[0]"},
		{"power with a star that is no word", grant(`,"powers":["spend*"]`, ""), "data.powers[0]"},
		{"no powers in a variation", `{"type":"delegation.varied","effective":"2026-03-01","by":"board","data":{"id":"d","powers":[]}}`, "data.powers"},
		{"no powers in a reservation", `{"type":"matter.reserved","effective":"2026-03-01","by":"board","data":{"id":"m","name":"M","powers":[]}}`, "data.powers"},

		// texts
		{"invalid UTF-8 in a text", purpose("\"a\xffb\""), "data.statement"},
		{"invalid UTF-8 in an id", "{\"type\":\"purpose.defined\",\"effective\":\"2026-03-01\",\"by\":\"bo\xc3ard\",\"data\":{\"statement\":\"x\"}}", "by"},
		{"half a surrogate pair", purpose(`"a\ud800b"`), "data.statement"},
		{"empty text", purpose(`""`), "data.statement"},
		{"line feed in a short text", scopeNamed(`"Lab\nTwo"`), "data.name"},
		{"tab in a long text", purpose(`"a\tb"`), "data.statement"},
		{"carriage return in a long text", purpose(`"a\r\nb"`), "data.statement"},
		{"null character", purpose(`"a\u0000b"`), "data.statement"},
		{"delete character", purpose(`"a\u007fb"`), "data.statement"},
		{"next-line character", purpose(`"a\u0085b"`), "data.statement"},
		{"bidirectional override", purpose(`"pay \u202eadA"`), "data.statement"},
		{"bidirectional isolate", scopeNamed(`"Lab \u2066x\u2069"`), "data.name"},
		{"text that is not NFC", scopeNamed("\"Cafe\u0301\""), "data.name"},
		{"unit that is not NFC", grant(`,"responsibilities":[{"id":"r","statement":"x","code":"e`+"\u0301"+`"}]`, ""), "data.responsibilities[0].code"},
		{"personal text with a control character", purpose(`{"personal":"a\tb"}`), "data.statement"},
		{"empty personal text", purpose(`{"personal":""}`), "data.statement"},
		{"text object of nothing", purpose(`{}`), "data.statement"},
		{"sealed text", purpose(`{"sealed":"47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"}`), "data.statement.sealed"},
		{"erased text", purpose(`{"erased":true}`), "data.statement.erased"},

		// words with a form
		{"script for an address", evidence(`"uri":"javascript:alert(1)"`), "evidence[0].uri"},
		{"script in capitals", evidence(`"uri":"JavaScript:alert(1)"`), "evidence[0].uri"},
		{"data address", evidence(`"uri":"data:text/html,x"`), "evidence[0].uri"},
		{"address of another host", evidence(`"uri":"//evil.example/x"`), "evidence[0].uri"},
		{"address with backslashes", evidence(`"uri":"\\\\evil.example\\x"`), "evidence[0].uri"},
		{"http address", evidence(`"uri":"http://acme.example/x"`), "evidence[0].uri"},
		{"https without a host", evidence(`"uri":"https:evil.example"`), "evidence[0].uri"},
		{"empty address", evidence(`"uri":""`), "evidence[0].uri"},
		{"hash in capitals", evidence(`"sha256":"` + strings.Repeat("AB", 32) + `"`), "evidence[0].sha256"},
		{"hash of 63 digits", evidence(`"sha256":"` + strings.Repeat("a", 63) + `"`), "evidence[0].sha256"},
		{"clause without a colon", grant("", `,"clauses":["iso42001:5.3","5.3"]`), "clauses[1]"},
		{"clause without a number", grant("", `,"clauses":["iso42001:"]`), "clauses[0]"},
		{"clause without a catalogue", grant("", `,"clauses":[":5.3"]`), "clauses[0]"},
		{"duration of an hour", grant(`,"reportEvery":"PT1H"`, ""), "data.reportEvery"},
		{"duration of nothing", grant(`,"reportEvery":"P0D"`, ""), "data.reportEvery"},
		{"negative duration", grant(`,"reportEvery":"-P1M"`, ""), "data.reportEvery"},
		{"duration of a month and a half", grant(`,"reportEvery":"P1.5M"`, ""), "data.reportEvery"},
		{"duration that is only begun", grant(`,"reportEvery":"P"`, ""), "data.reportEvery"},
		{"duration in words", grant(`,"reportEvery":"quarterly"`, ""), "data.reportEvery"},
		{"empty duration", grant(`,"reportEvery":""`, ""), "data.reportEvery"},
		{"time zone that there is not", `{"type":"ledger.opened","effective":"2026-01-01","by":"b","data":{"organization":{"name":"X"},"governingBody":{"id":"b","name":"B"},"timeZone":"Europe/Londen"}}`, "data.timeZone"},
		{"year start on 31 February", `{"type":"ledger.opened","effective":"2026-01-01","by":"b","data":{"organization":{"name":"X"},"governingBody":{"id":"b","name":"B"},"yearStart":"02-31"}}`, "data.yearStart"},

		// what belongs together
		{"system without anyone answerable", `{"type":"party.registered","effective":"2026-03-01","by":"board","data":{"id":"bot","kind":"system","name":"Bot"}}`, "data.answerable"},
		{"renaming to nothing", `{"type":"party.renamed","effective":"2026-03-01","by":"board","data":{"id":"ben"}}`, "data"},
		{"one person on two lists of a vote", grant("", `,"resolution":{"date":"2026-02-24","method":"meeting","present":["ada"],"for":["ada"],"against":["ada"]}`), "resolution.against[0]"},
		{"one person twice on a list of a vote", grant("", `,"resolution":{"date":"2026-02-24","method":"meeting","present":["ada","ben"],"for":["ada","ada"]}`), "resolution.for[1]"},
		{"a vote of one who is not present", grant("", `,"resolution":{"date":"2026-02-24","method":"meeting","present":["ada"],"for":["ada"],"abstained":["ben"]}`), "resolution.abstained[0]"},
		{"one limit twice", grant(`,"limits":[{"dimension":"spend","unit":"GBP","max":"1","per":"act"},{"dimension":"spend","unit":"GBP","max":"2","per":"act"}]`, ""), "data.limits[1]"},

		// texts that are no act at all
		{"more after the act", grant("", "") + `{}`, ""},
		{"a word after the act", grant("", "") + ` x`, ""},
		{"an act cut short", grant("", "")[:80], ""},
		{"a byte order mark", "\ufeff" + grant("", ""), ""},
		{"a comment", "// act\n" + grant("", ""), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := given(t, office).whenJSON(c.act)
			if c.path == "" {
				o.isRefusedFor(domain.Invalid)
				return
			}
			o.isRefused(domain.Invalid, c.path)
		})
	}
}

func TestCodecAcceptsWhatIsAllowed(t *testing.T) {
	for _, c := range []struct{ name, act string }{
		{"https address", evidence(`"uri":"https://acme.example/minutes?id=7#p2"`)},
		{"relative address", evidence(`"uri":"minutes/2026-02.pdf"`)},
		{"address from the root", evidence(`"uri":"/minutes/2026-02.pdf"`)},
		{"relative address with a colon later on", evidence(`"uri":"minutes/a:b"`)},
		{"line feed in a long text", purpose(`"To trade.\nFairly."`)},
		{"accented letters in NFC", scopeNamed(`"Café Łódź 東京"`)},
		{"text right to left", scopeNamed(`"קבוצה"`)},
		{"personal text", purpose(`{"personal":"As Ada Okafor wished"}`)},
		{"signed measure", measure(`"-0.25"`)},
		{"amount of 15 digits and four decimals", limit(`"123456789012345.1234"`)},
		{"zero", limit(`"0"`)},
		{"duration of a month", grant(`,"reportEvery":"P1M"`, "")},
		{"duration of two weeks", grant(`,"reportEvery":"P2W"`, "")},
		{"id of 200 characters", `{"id":"` + strings.Repeat("x", 200) + `","type":"purpose.defined","effective":"2026-03-01","by":"board","data":{"statement":"x"}}`},
		{"id of every character", `{"id":"aZ0._:/@|+-","type":"purpose.defined","effective":"2026-03-01","by":"board","data":{"statement":"x"}}`},
		{"the first year", grant(`,"reviewBy":"0001-01-02"`, "")},
		{"the last year", purposeAt(`"9999-12-31"`)},
		{"time with nanoseconds and zone", purposeAt(`"2026-03-01T09:00:00.123456789+05:30"`)},
		{"empty list of clauses", grant("", `,"clauses":[]`)},
		{"members in another order, with white space", "\n{ \"data\" : {\"statement\":\"x\"},\t\"by\":\"board\", \"type\":\"purpose.defined\",\r\n\"effective\":\"2026-03-01\" }\n"},
		{"escaped letters in a name", `{"t\u0079pe":"purpose.d\u0065fined","effective":"2026-03-01","by":"board","data":{"statement":"x"}}`},
		{"powers of all kinds", grant(`,"powers":["*","spend.*","spend","policy.adopted","model-2.re_train"]`, "")},
	} {
		t.Run(c.name, func(t *testing.T) { given(t, office).whenJSON(c.act).isAccepted() })
	}
}

func TestCodecNullRemovesATermInAVariation(t *testing.T) {
	given(t, office, grant(`,"powers":["spend"],"until":"2027-01-01"`, "")).
		whenJSON(`{"type":"delegation.varied","effective":"2026-04-01","by":"board","data":{"id":"d-1","powers":null,"responsibilities":null,"limits":null,"conditions":null,"under":null,"until":null,"reviewBy":null,"reportEvery":null,"subdelegation":null}}`).
		isAccepted()
}

func TestCodecSuggestsTheTypesOfTheFamilyForAnUnknownType(t *testing.T) {
	_, _, err := domain.DecodeAct([]byte(`{"type":"delegation.given","effective":"2026-03-01","by":"board","data":{}}`))
	var r *domain.Refusal
	require.ErrorAs(t, err, &r)
	for _, typ := range []string{"granted", "accepted", "declined", "varied", "suspended", "resumed", "revoked"} {
		assert.Contains(t, r.Cure, "delegation."+typ)
	}
	assert.NotContains(t, r.Cure, "decision")
}

func TestCodecSurvivesDeepNesting(t *testing.T) {
	const deep = 100_000
	for name, act := range map[string]string{
		"lists":                strings.Repeat("[", deep),
		"closed lists":         strings.Repeat("[", deep) + strings.Repeat("]", deep),
		"objects":              strings.Repeat(`{"a":`, deep/4),
		"in the data":          purpose(strings.Repeat("[", deep) + strings.Repeat("]", deep)),
		"in an unknown field":  grant("", `,"x":`+strings.Repeat("[", deep)+strings.Repeat("]", deep)),
		"in a correction":      `{"type":"act.corrected","effective":"2026-03-01","by":"board","data":{"act":"act-2","data":{"x":` + strings.Repeat("[", 9000) + strings.Repeat("]", 9000) + `}}}`,
		"in a wrapped act":     `{"specversion":"1.0","id":"x","data":` + strings.Repeat("[", deep) + strings.Repeat("]", deep) + `}`,
		"in a wrapper's field": `{"specversion":` + strings.Repeat("[", deep) + strings.Repeat("]", deep) + `,"id":"x","data":{}}`,
	} {
		t.Run(name, func(t *testing.T) {
			done := make(chan struct{})
			go func() {
				defer close(done)
				given(t, office).whenJSON(act).isRefusedFor(domain.Invalid)
			}()
			select {
			case <-done:
			case <-time.After(10 * time.Second):
				t.Fatal("still reading")
			}
		})
	}
}

func TestCodecRefusesAnActOfMoreThan64000BytesAsStored(t *testing.T) {
	statement := func(n int) string { return purpose(`"` + strings.Repeat("x", n) + `"`) }
	probe := given(t, office)
	most := 64_000 - len(probe.whenJSON(statement(1)).isAccepted().out.Stored) + 1
	for n, accepted := range map[int]bool{most: true, most + 1: false, 70_000: false, 1_000_000: false} {
		o := given(t, office).whenJSON(statement(n))
		if accepted {
			require.Len(t, o.isAccepted().out.Stored, 64_000)
		} else {
			o.isRefusedFor(domain.Invalid)
		}
	}
}

func TestCodecAcceptsAnExportedActAndDropsItsWrapper(t *testing.T) {
	const inner = `{"type":"purpose.defined","effective":"2026-03-01T00:00:00Z","by":"board","data":{"statement":"Trade"}}`
	for name, text := range map[string]string{
		"as stored":                 `{"specversion":"1.0","id":"p-1","source":"/ledgers/other","type":"buckstop.purpose.defined.v1","subject":"organization","time":"2026-03-09T10:12:00Z","datacontenttype":"application/json","format":"1","seq":"42","recordedby":"p-1","prev":"` + strings.Repeat("0", 64) + `","data":` + inner + `}`,
		"with attributes reordered": `{"data":` + inner + `,"seq":"42","id":"p-1","specversion":"1.0"}`,
		"with more attributes":      `{"traceparent":"x","specversion":"1.0","id":"p-1","data":` + inner + `,"extra":{"a":[1,2]}}`,
	} {
		t.Run(name, func(t *testing.T) {
			a, wrapped, err := domain.DecodeAct([]byte(text))
			require.NoError(t, err)
			assert.True(t, wrapped)
			assert.Equal(t, "p-1", a.ID)
			assert.Equal(t, "purpose.defined", a.Type)
			assert.Equal(t, "board", a.By)
			given(t, office).whenJSON(text).isAccepted()
		})
	}
}

func TestCodecReadsAWrappedActAsStrictly(t *testing.T) {
	for _, c := range []struct{ name, act, path string }{
		{"unknown field", `{"specversion":"1.0","id":"p-1","data":{"type":"purpose.defined","effective":"2026-03-01","by":"board","data":{"statement":"x","colour":"red"}}}`, "data.data.colour"},
		{"attribute given twice", `{"specversion":"1.0","id":"p-1","id":"p-2","data":{}}`, "id"},
		{"another id inside", `{"specversion":"1.0","id":"p-1","data":{"id":"p-2","type":"purpose.defined","effective":"2026-03-01","by":"board","data":{"statement":"x"}}}`, "id"},
		{"sealed text", `{"specversion":"1.0","id":"p-1","data":{"type":"purpose.defined","effective":"2026-03-01","by":"board","data":{"statement":{"sealed":"x"}}}}`, "data.data.statement.sealed"},
		{"id that is none", `{"specversion":"1.0","id":7,"data":{"type":"purpose.defined","effective":"2026-03-01","by":"board","data":{"statement":"x"}}}`, "id"},
	} {
		t.Run(c.name, func(t *testing.T) { given(t, office).whenJSON(c.act).isRefused(domain.Invalid, c.path) })
	}
	t.Run("without id", func(t *testing.T) {
		given(t, office).whenJSON(`{"specversion":"1.0","data":{"type":"purpose.defined","effective":"2026-03-01","by":"board","data":{"statement":"x"}}}`).isRefusedFor(domain.Invalid)
	})
	t.Run("without data", func(t *testing.T) {
		given(t, office).whenJSON(`{"specversion":"1.0","id":"p-1"}`).isRefusedFor(domain.Invalid)
	})
}

// TestCodecStoresDaysAsInstantsOfTheLedgersZone is DOMAIN, section 2: the ledger stores the UTC instant.
func TestCodecStoresDaysAsInstantsOfTheLedgersZone(t *testing.T) {
	o := given(t, office).when(`2026-07-01 board delegation.granted {"id":"d","from":"board","to":"ben","scope":"aims","until":"2026-11-01"}`).isAccepted()
	assert.Contains(t, string(o.out.Stored), `"effective":"2026-06-30T23:00:00Z"`)
	assert.Contains(t, string(o.out.Stored), `"until":"2026-11-01T00:00:00Z"`)
}
