package domain

import "github.com/go-json-experiment/json/jsontext"

// The acts that oversee, those that give and receive account, and those that work on the record itself.

type (
	// AssuranceCommissioned asks a provider for assurance over a scope.
	AssuranceCommissioned struct {
		ID         string
		Scope      string
		Provider   string
		Line       string
		Criteria   string
		Period     Text
		Due        When
		Impairment Text
	}
	// AssuranceReported is the provider's opinion.
	AssuranceReported struct {
		ID          string
		Opinion     string
		Findings    Text
		Limitations Text
	}
	// AssuranceReviewed is what the governing body, or a committee acting for it, made of the report.
	AssuranceReviewed struct {
		ID         string
		Conclusion string
		Actions    Text
	}
	// AccountGiven is a holder's account of what was delegated.
	AccountGiven struct {
		ID         string
		Delegation string
		Period     Text
		Summary    Text
	}
	// AccountReceived is what the delegator made of the account.
	AccountReceived struct {
		ID      string
		Outcome string
		Actions Text
	}
	// StakeholdersInformed is the governing body's account to stakeholders.
	StakeholdersInformed struct {
		ID       string
		Audience string
		Scope    string
		Period   Text
		Summary  Text
	}
	// ActCorrected puts right what an act says. What is left out stays as it stood; Type and data.id never change.
	ActCorrected struct {
		Act        string
		Effective  When
		By         string
		Through    []string
		Resolution *Resolution
		Rationale  Text
		Evidence   []Evidence
		Clauses    []string
		Content    Data // the whole right data, of the corrected act's type; read when that act is known

		given jsontext.Value // the data as it came
	}
	// ActAnnulled says that an act never happened.
	ActAnnulled struct {
		Act    string
		Reason Text
	}
	// ActRatified cures, from its recording on, what was wrong with a recorded fact.
	ActRatified struct {
		Act    string
		Reason Text
	}
	// ActAttested is a person's own signature over an act.
	ActAttested struct {
		Act       string
		Statement Text
		Signature Signature
	}
	// Signature is made with a key in force for the person.
	Signature struct {
		Key               string
		Value             string
		AuthenticatorData string
		ClientDataJSON    string
	}
)

func (d *AssuranceCommissioned) declare(f *form) {
	f.made(spaceAssurance, &d.ID)
	f.ref("scope", spaceScope, &d.Scope)
	f.ref("provider", spaceParty, &d.Provider)
	f.enum("line", true, &d.Line, "first", "second", "third", "external")
	f.refOpt("criteria", spaceCriteria, &d.Criteria)
	f.short("period", false, &d.Period)
	f.time("due", false, &d.Due)
	f.long("impairment", false, &d.Impairment)
}

func (d *AssuranceReported) declare(f *form) {
	f.ref("id", spaceAssurance, &d.ID)
	f.enum("opinion", true, &d.Opinion, "satisfactory", "needs-improvement", "unsatisfactory", "disclaimer")
	f.long("findings", false, &d.Findings)
	f.long("limitations", false, &d.Limitations)
}

func (d *AssuranceReviewed) declare(f *form) {
	f.ref("id", spaceAssurance, &d.ID)
	f.enum("conclusion", true, &d.Conclusion, "noted", "challenged", "accepted", "rejected")
	f.long("actions", false, &d.Actions)
}

func (d *AccountGiven) declare(f *form) {
	f.made(spaceAccount, &d.ID)
	f.ref("delegation", spaceDelegation, &d.Delegation)
	f.short("period", true, &d.Period)
	f.long("summary", true, &d.Summary)
}

func (d *AccountReceived) declare(f *form) {
	f.ref("id", spaceAccount, &d.ID)
	f.enum("outcome", true, &d.Outcome, "accepted", "challenged", "rejected")
	f.long("actions", false, &d.Actions)
}

func (d *StakeholdersInformed) declare(f *form) {
	f.made(spaceInforming, &d.ID)
	f.word("audience", true, &d.Audience, anyWord)
	f.ref("scope", spaceScope, &d.Scope)
	f.short("period", true, &d.Period)
	f.long("summary", true, &d.Summary)
}

func (d *ActCorrected) declare(f *form) {
	f.ref("act", spaceAct, &d.Act)
	f.add(field{name: "effective", kind: isWhen, settles: true, at: &d.Effective})
	f.refOpt("by", spaceParty, &d.By)
	f.refs("through", spaceParty, &d.Through)
	f.nested("resolution", false, optional(&d.Resolution))
	f.long("rationale", false, &d.Rationale)
	f.list("evidence", false, many(&d.Evidence))
	f.words("clauses", false, &d.Clauses, wrongClause)
	f.add(field{name: "data", kind: isRaw, required: true, at: &d.given, data: &d.Content})
}

func (d *ActAnnulled) declare(f *form) {
	f.ref("act", spaceAct, &d.Act)
	f.long("reason", true, &d.Reason)
}

func (d *ActRatified) declare(f *form) {
	f.ref("act", spaceAct, &d.Act)
	f.long("reason", true, &d.Reason)
}

func (d *ActAttested) declare(f *form) {
	f.ref("act", spaceAct, &d.Act)
	f.long("statement", true, &d.Statement)
	f.nested("signature", true, item[Signature, *Signature]{&d.Signature})
}

func (s *Signature) declare(f *form) {
	f.ref("key", spaceKey, &s.Key)
	f.word("value", true, &s.Value, wrongBase64)
	f.word("authenticatorData", false, &s.AuthenticatorData, wrongBase64)
	f.word("clientDataJSON", false, &s.ClientDataJSON, wrongBase64)
}
