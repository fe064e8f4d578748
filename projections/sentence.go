package projections

import (
	"cmp"
	"fmt"
	"strings"

	"buckstop/domain"
)

// Sentence says in plain English what an act does, calling parties by the names they bear at the view's instant. It has no
// full stop, and neither the date nor who did it is in it where the list it stands in has them.
func Sentence(v *domain.View, a *domain.Act) string {
	n := func(id string) string { return nameOf(v, id) }
	switch d := a.Data.(type) {
	case *domain.LedgerOpened:
		return fmt.Sprintf("opened the ledger of %s, governed by %s", d.Organization.Name, d.GoverningBody.Name)
	case *domain.OrganizationRenamed:
		return "renamed the organization " + d.Name.String()
	case *domain.RecorderAppointed:
		return fmt.Sprintf("appointed %s to record%s", d.Principal, forWhom(v, d.Parties, d.Person))
	case *domain.RecorderRemoved:
		return fmt.Sprintf("ended that %s records%s", d.Principal, forWhom(v, d.Parties, d.Person))
	case *domain.PartyRegistered:
		s := fmt.Sprintf("registered the %s %s", d.Kind, d.Name)
		if d.Answerable != "" {
			s += ", for which " + n(d.Answerable) + " answers"
		}
		return s
	case *domain.PartyRenamed:
		if d.NewID == "" {
			return fmt.Sprintf("renamed %s %s", d.ID, d.Name)
		}
		return strings.TrimSpace(fmt.Sprintf("renamed %s as %s %s", d.ID, d.NewID, d.Name))
	case *domain.PersonLeft:
		return n(d.Person) + " left; every seat and personal delegation ended"
	case *domain.PersonReturned:
		return n(d.Person) + " returned"
	case *domain.PersonErased:
		return "erased the personal values of " + d.Person
	case *domain.BodyConstituted:
		return fmt.Sprintf("constituted %s (%s)%s", d.Name, d.Kind, quorumOf(d.Quorum))
	case *domain.BodyChanged:
		return "changed " + n(d.ID) + quorumOf(d.Quorum)
	case *domain.BodyDissolved:
		return "dissolved " + n(d.ID)
	case *domain.GoverningBodySucceeded:
		return d.Name.String() + " took the place of the governing body"
	case *domain.MemberAppointed:
		return fmt.Sprintf("appointed %s to %s as %s", n(d.Party), n(d.Body), cmp.Or(d.Capacity, "member"))
	case *domain.MemberDeparted:
		return fmt.Sprintf("%s departed from %s", n(d.Party), n(d.Body))
	case *domain.RoleEstablished:
		return "established the role of " + d.Name.String()
	case *domain.RoleAbolished:
		return "abolished the role of " + n(d.ID)
	case *domain.RoleAssigned:
		s := fmt.Sprintf("assigned %s to %s (%s)", n(d.Party), n(d.Role), cmp.Or(d.Basis, "substantive"))
		if d.Covers != "" {
			s += ", covering for " + n(d.Covers)
		}
		return s
	case *domain.RoleVacated:
		return fmt.Sprintf("%s vacated %s", n(d.Party), n(d.Role))
	case *domain.ScopeDefined:
		return "defined the scope " + d.Name.String() + in(d.Parent)
	case *domain.ScopeRenamed:
		return fmt.Sprintf("renamed the scope %s %s", d.ID, d.Name)
	case *domain.ScopeMoved:
		return fmt.Sprintf("moved the scope %s%s", d.ID, in(cmp.Or(d.Parent, "the root")))
	case *domain.ScopeRetired:
		return "retired the scope " + d.ID + " and those below it"
	case *domain.PowerDefined:
		return fmt.Sprintf("defined the power %s (%s)", d.ID, d.Name)
	case *domain.KeyRegistered:
		return fmt.Sprintf("registered the key %s of %s", d.ID, n(d.Person))
	case *domain.KeyRevoked:
		return "revoked the key " + d.ID
	case *domain.PurposeDefined:
		return "defined the purpose: " + d.Statement.String()
	case *domain.DirectionSet:
		return fmt.Sprintf("set the direction %s for %s: %s", d.ID, d.Scope, d.Statement)
	case *domain.DirectionWithdrawn:
		return "withdrew the direction " + d.ID
	case *domain.PolicyAdopted:
		return fmt.Sprintf("adopted the policy %s, version %s, for %s", d.Title, d.Version, d.Scope)
	case *domain.PolicyWithdrawn:
		return "withdrew the policy " + d.ID
	case *domain.AppetiteSet:
		return fmt.Sprintf("set the %s appetite for %s: %s", d.Category, d.Scope, d.Stance)
	case *domain.AppetiteWithdrawn:
		return "withdrew the appetite " + d.ID
	case *domain.CriteriaSet:
		return fmt.Sprintf("set the criteria %s for %s", d.ID, d.Scope)
	case *domain.MatterReserved:
		return fmt.Sprintf("reserved %s to the governing body: %s", d.Name, strings.Join(d.Powers, ", "))
	case *domain.MatterReleased:
		return "released the reserved matter " + d.ID
	case *domain.DelegationGranted:
		what := "all it has"
		if d.Powers != nil {
			what = strings.Join(d.Powers, ", ")
		}
		from := ""
		if d.From != a.By {
			from = "for " + n(d.From) + ", "
		}
		return fmt.Sprintf("%sdelegated %s over %s to %s (%s)", from, what, d.Scope, n(d.To), d.ID)
	case *domain.DelegationAccepted:
		return "accepted " + d.ID
	case *domain.DelegationDeclined:
		return "declined " + d.ID
	case *domain.DelegationVaried:
		return "varied " + d.ID + varied(d)
	case *domain.DelegationSuspended:
		return "suspended " + d.ID + because(d.Reason)
	case *domain.DelegationResumed:
		return "resumed " + d.ID + because(d.Reason)
	case *domain.DelegationRevoked:
		return "revoked " + d.ID + because(d.Reason)
	case *domain.DecisionTaken:
		return fmt.Sprintf("decided under %s over %s: %s%s", d.Power, d.Scope, strings.TrimSuffix(d.Summary.String(), "."), amounts(d.Amounts))
	case *domain.ObjectiveSet:
		return fmt.Sprintf("set the objective %s for %s: %s", d.ID, d.Scope, d.Statement)
	case *domain.AssessmentCompleted:
		return fmt.Sprintf("completed the %s assessment %s of %s", d.Kind, d.ID, d.Scope)
	case *domain.MeasureReported:
		return fmt.Sprintf("reported %s of %s: %s %s", d.Metric, d.Scope, d.Value.Text, d.Unit)
	case *domain.ReviewHeld:
		return "held the management review " + d.ID + " of " + d.Scope
	case *domain.ConcernRaised:
		return fmt.Sprintf("raised a concern (%s) about %s: %s", d.Severity, d.Scope, d.Summary)
	case *domain.ConcernResolved:
		return "resolved the concern " + d.ID
	case *domain.AssuranceCommissioned:
		return fmt.Sprintf("commissioned assurance %s over %s from %s (%s line)", d.ID, d.Scope, n(d.Provider), d.Line)
	case *domain.AssuranceReported:
		return fmt.Sprintf("reported on assurance %s: %s", d.ID, d.Opinion)
	case *domain.AssuranceReviewed:
		return fmt.Sprintf("reviewed assurance %s: %s", d.ID, d.Conclusion)
	case *domain.AccountGiven:
		return "gave account of " + d.Delegation + " for " + d.Period.String()
	case *domain.AccountReceived:
		return fmt.Sprintf("received the account %s: %s", d.ID, d.Outcome)
	case *domain.StakeholdersInformed:
		return fmt.Sprintf("informed %s about %s", d.Audience, d.Scope)
	case *domain.ActCorrected:
		return "corrected act " + d.Act
	case *domain.ActAnnulled:
		return "annulled act " + d.Act + because(d.Reason)
	case *domain.ActRatified:
		return "ratified act " + d.Act + because(d.Reason)
	case *domain.ActAttested:
		return "signed act " + d.Act
	}
	return a.Type
}

// nameOf calls a party by its name and id.
func nameOf(v *domain.View, id string) string {
	var acts []uint64
	p := v.Party(id, &acts)
	if p.Name.IsZero() || p.Name.Seal != "" && p.Name.Plain == "" {
		return id
	}
	return p.Name.String()
}

func forWhom(v *domain.View, parties []string, person string) string {
	var names []string
	for _, p := range parties {
		names = append(names, nameOf(v, p))
	}
	if person != "" {
		names = append(names, "as the person "+nameOf(v, person))
	}
	if len(names) == 0 {
		return " for everybody"
	}
	return " for " + strings.Join(names, ", ")
}

// varied lists the terms that a variation gives or removes.
func varied(d *domain.DelegationVaried) string {
	r := d.Removed
	var what []string
	for _, t := range []struct {
		name           string
		given, removed bool
	}{
		{"powers " + strings.Join(d.Powers, ", "), d.Powers != nil, r.Powers}, {"responsibilities", d.Responsibilities != nil, r.Responsibilities},
		{"limits", d.Limits != nil, r.Limits}, {"conditions", !d.Conditions.IsZero(), r.Conditions}, {"under " + d.Under, d.Under != "", r.Under},
		{"term", !d.Until.IsZero(), r.Until}, {"review", !d.ReviewBy.IsZero(), r.ReviewBy}, {"reporting", d.ReportEvery != "", r.ReportEvery},
		{"subdelegation", d.Subdelegation != nil, r.Subdelegation},
	} {
		switch {
		case t.removed:
			what = append(what, "no "+strings.TrimSpace(t.name))
		case t.given:
			what = append(what, t.name)
		}
	}
	if len(what) == 0 {
		return ""
	}
	return ": " + strings.Join(what, "; ")
}

func quorumOf(q domain.Count) string {
	if !q.Set {
		return ""
	}
	return fmt.Sprintf(", quorum %d", q.N)
}

func amounts(qs []domain.Quantity) string {
	var b strings.Builder
	for _, q := range qs {
		b.WriteString(", " + q.Dimension + " " + q.Value.Text + " " + q.Unit)
	}
	return b.String()
}

func because(reason domain.Text) string {
	if reason.IsZero() {
		return ""
	}
	return ": " + reason.String()
}

func in(parent string) string {
	if parent == "" {
		return ""
	}
	return " under " + parent
}
