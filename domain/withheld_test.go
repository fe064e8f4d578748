package domain_test

import (
	"strings"
	"testing"
	"time"

	"buckstop/domain"

	"github.com/stretchr/testify/require"
)

// founded is a state in which a person, a team and a scope are known.
func founded(t *testing.T) *domain.State {
	t.Helper()
	s := domain.NewState("acme", time.LoadLocation)
	for _, text := range []string{
		`{"id":"a1","type":"ledger.opened","effective":"2026-01-01","by":"board","data":{"organization":{"name":"Acme"},"governingBody":{"id":"board","name":"Board"}}}`,
		`{"id":"a2","type":"party.registered","effective":"2026-01-01","by":"board","data":{"id":"ada","kind":"person","name":"Ada Okafor"}}`,
		`{"id":"a3","type":"party.registered","effective":"2026-01-01","by":"board","data":{"id":"ops","kind":"team","name":"Operations"}}`,
		`{"id":"a4","type":"scope.defined","effective":"2026-01-01","by":"board","data":{"id":"aims","name":"AIMS"}}`,
	} {
		a, _, err := domain.DecodeAct([]byte(text))
		require.NoError(t, err)
		_, err = s.Decide(a, domain.Recording{Principal: "p", Now: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)})
		require.NoError(t, err)
	}
	return s
}

func TestWhatARecordKeepsPersonalIsWithheldFromWhatWasRefused(t *testing.T) {
	s := founded(t)
	const held = `{"withheld":true}`
	for name, c := range map[string]struct{ given, kept string }{
		"a person registered": {`{"id":"ada","kind":"person","name":"Ada Okafor"}`, `{"id":"ada","kind":"person","name":` + held + `}`},
		"a team registered":   {`{"id":"ops","kind":"team","name":"Operations"}`, `{"id":"ops","kind":"team","name":"Operations"}`},
		"party.renamed: a person renamed": {
			`{"id":"ada","name":"Ada Okafor"}`, `{"id":"ada","name":` + held + `}`},
		"party.renamed: a team renamed": {
			`{"id":"ops","name":"Operations"}`, `{"id":"ops","name":"Operations"}`},
		"party.renamed: nobody knows whom": {
			`{"id":"who","name":"Ada Okafor"}`, `{"id":"who","name":` + held + `}`},
		"act.corrected: a person's registration": {
			`{"act":"a2","data":{"id":"ada","kind":"person","name":"Ada Okafor"}}`,
			`{"act":"a2","data":{"id":"ada","kind":"person","name":` + held + `}}`},
		"act.corrected: what it says fits no form": {`{"act":"a4","data":{"name":"Ada Okafor"}}`, `{"act":"a4","data":` + held + `}`},
		"act.corrected: of an act that is not known": {
			`{"act":"a9","data":{"statement":"Ada Okafor"}}`, `{"act":"a9","data":` + held + `}`},
		"act.corrected: readable": {`{"act":"a4","data":{"id":"aims","name":"The AIMS"}}`, `{"act":"a4","data":{"id":"aims","name":"The AIMS"}}`},
		"purpose.defined: marked personal": {
			`{"statement":{"personal":"Ada Okafor"}}`, `{"statement":` + held + `}`},
		"member.appointed: a time that is none": {
			`{"body":"board","party":"ada","until":"Ada Okafor"}`, `{"body":"board","party":"ada","until":` + held + `}`},
	} {
		t.Run(name, func(t *testing.T) {
			typ, _, ok := strings.Cut(name, ":")
			if !ok {
				typ = "party.registered"
			}
			around := `{"id":"x1","type":"` + typ + `","effective":"2026-02-01","by":"board","rationale":`
			a, _, err := domain.DecodeAct([]byte(around + `{"personal":"Ada Okafor"},"data":` + c.given + `}`))
			require.NoError(t, err)
			require.Equal(t, around+held+`,"data":`+c.kept+`}`, string(s.Withheld(a)))
		})
	}
}

func TestWhatAMalformedActSaysIsNotQuoted(t *testing.T) {
	for _, c := range []struct{ text, path, message string }{
		{`{"id":"Ada Okafor"}`, "id", `"…" is no id`},
		{`{"Ada Okafor":1}`, "…", "there is no such field"},
		{`{"type":"role.assigned","effective":"2026-01-01","by":"b","data":{"Ada Okafor":1}}`, "data.…", "there is no such field"},
		{`{"data":{"Ada.Okafor":1,"Ada.Okafor":2}}`, "data.…", "the field is given twice"},
		{`{"through":["a","Ada Okafor"]}`, "through[1]", `"…" is no id`},
		{`{"through":["a","Ada \"Okafor\""]}`, "through[1]", `"…" is no id`},
		{`{"type":"Okafor","effective":"2026-01-01","by":"b","data":{}}`, "type", `"…" is no act type`},
	} {
		_, _, err := domain.DecodeAct([]byte(c.text))
		var r *domain.Refusal
		require.ErrorAs(t, err, &r, c.text)
		w := r.Withheld()
		require.Equal(t, c.path, w.Path, c.text)
		require.Equal(t, c.message, w.Message)
		require.NotContains(t, w.Error(), "Okafor")
		require.NotContains(t, r.Error(), "…", "the refusal itself is left as it is")
	}
	s := founded(t)
	a, _, err := domain.DecodeAct([]byte(`{"type":"role.assigned","effective":"Ada Okafor","by":"board","data":{"role":"r","party":"p"}}`))
	require.NoError(t, err)
	_, err = s.Decide(a, domain.Recording{Principal: "p", ID: "x", Now: time.Now()})
	var r *domain.Refusal
	require.ErrorAs(t, err, &r)
	require.Contains(t, r.Message, "Okafor")
	require.NotContains(t, r.Withheld().Error(), "Okafor")
	for _, other := range []domain.Refusal{
		{Code: domain.UnknownParty, Path: "data.party", Message: `no party "ada" is known`}, {Code: domain.Invalid, Path: "data.limits[0].max", Message: "m"},
		{Code: domain.Invalid, Path: "known"}, {Code: domain.Invalid, Path: "[0].by"}, {Code: domain.Invalid},
	} {
		is := other.Withheld()
		if other.Path == "known" {
			require.Equal(t, "…", is.Path)
			continue
		}
		require.Equal(t, other, *is)
	}
}
