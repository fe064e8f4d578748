package sheets

import (
	"fmt"
	"strings"
)

// Kinds are all kinds of sheets, in the order in which a workbook that has several of them is imported: what comes later
// may name what comes before.
var Kinds = []*Kind{parties(), scopes(), bodies(), roles(), appointments(), appetites(), delegations()}

// kindOf makes a kind: its own columns between the remark and those that every act has.
func kindOf(name, about, by string, own ...Column) *Kind {
	k := &Kind{Name: name, Sheet: strings.ToUpper(name[:1]) + name[1:], About: about}
	k.Columns = append(k.Columns, Column{Head: remark, Example: example + " – delete this row",
		Note: "For people alone; it is not imported. A row marked " + example + " here is passed over."})
	k.Columns = append(k.Columns, own...)
	k.Columns = append(k.Columns, common(by)...)
	return k.index()
}

func column(head, path string, takes Takes, example, note string) Column {
	return Column{Head: head, Path: path, Takes: takes, Example: example, Note: note}
}

func required(c Column) Column { c.Required = true; return c }

func choice(c Column, options ...string) Column { c.Options = options; return c }

func effective(example string) Column {
	return required(column("Effective date", "effective", Day, example,
		"From when it holds in the world; the first day. It may be past or future. When it was recorded the ledger adds itself."))
}

func until(example, note string) Column {
	c := column("Until", "data.until", Day, example, "The first day on which it no longer holds. "+note)
	c.aliases = []string{"until date", "end date"}
	return c
}

// common are the columns of what every act says.
func common(by string) []Column {
	resolution := func(head, field string, takes Takes, note string) Column {
		return column(head, "resolution."+field, takes, "", note)
	}
	return []Column{
		column("By", "by", Word, "", by),
		column("Through", "through", List, "", "The persons who acted for it."),
		resolution("Resolution reference", "reference", Word, "The number of the minute or written resolution. The resolution's columns are needed where whoever acts is a body with a quorum."),
		resolution("Resolution date", "date", Day, "The day on which it was resolved. The votes are judged in office on that day."),
		choice(resolution("Resolution method", "method", Word, "How it was resolved; by a written one every member votes for."), "meeting", "written"),
		resolution("Present", "present", List, "Who was there: ids, with commas between them."),
		resolution("For", "for", List, "Who of those voted for."),
		resolution("Against", "against", List, "Who voted against."),
		resolution("Abstained", "abstained", List, "Who abstained."),
		resolution("Recused", "recused", List, "Who took no part, for a conflict of interest."),
		resolution("Casting vote", "casting", Word, "The chair whose vote decided a tie."),
		column("Rationale", "rationale", Long, "", "Why."),
		column("Clauses", "clauses", List, "", "What it is evidence for, such as iso42001:5.3, iso37000:4.2.2."),
		column("Document", "evidence[0].title", Word, "", "A document that it rests on, such as Minutes of 24 February 2026."),
		column("Document address", "evidence[0].uri", Word, "", "Where the document lies: an https address, or a relative one such as minutes/2026-02.pdf."),
		column("Document SHA-256", "evidence[0].sha256", Word, "", "The document's SHA-256, 64 digits from 0 to f, by which it can be told from any other."),
	}
}

const byGoverning = "In whose name it is done. Left empty: the governing body."

func always(act string) func(func(string) string) string {
	return func(func(string) string) string { return act }
}

func parties() *Kind {
	k := kindOf("parties", "Each row makes a person, team, organization or system known to the ledger (party.registered).", byGoverning,
		required(column("Id", "data.id", Word, "ada", "What the party is called in every other sheet: letters, digits and . _ - without spaces. It is never free again.")),
		required(column("Name", "data.name", Word, "Ada Okafor", "The full name. A person's name is kept apart from the record, so that it can be erased.")),
		required(choice(column("Kind", "data.kind", Word, "person", "What the party is."), "person", "team", "organization", "system")),
		column("Answerable", "data.answerable", Word, "", "The id of the person or role that answers for it. Needed for a system. Such rows are imported after the roles."),
		column("Other ledger", "data.ledger", Word, "", "For an organization with a ledger of its own: that ledger's id."),
		effective("2026-01-01"))
	k.act = always("party.registered")
	k.say = func(get func(string) string) string {
		return fmt.Sprintf("%s (%s) is known as %s", get("Name"), get("Id"),
			map[string]string{"person": "a person", "team": "a team", "organization": "an organization", "system": "a system"}[get("Kind")])
	}
	return k
}

func scopes() *Kind {
	k := kindOf("scopes", "Each row makes a scope: an area over which authority is held (scope.defined). A scope stands below the one that is its parent.", byGoverning,
		required(column("Id", "data.id", Word, "claims", "What the scope is called in every other sheet, without spaces.")),
		required(column("Name", "data.name", Word, "Claims handling", "The scope's name.")),
		column("Parent", "data.parent", Word, "", "The id of the scope it is part of. Left empty: the root scope."),
		column("Kind", "data.kind", Word, "process", "Any word of yours, such as process, site or AI system."),
		effective("2026-01-01"))
	k.act = always("scope.defined")
	k.say = func(get func(string) string) string {
		return fmt.Sprintf("the scope %s (%s)%s", get("Name"), get("Id"), after(" in ", get("Parent")))
	}
	return k
}

func bodies() *Kind {
	k := kindOf("bodies", "Each row makes a committee or another body (body.constituted). The governing body is there already.", byGoverning,
		required(column("Id", "data.id", Word, "risk-committee", "What the body is called in every other sheet, without spaces.")),
		required(column("Name", "data.name", Word, "Risk committee", "The body's name.")),
		required(choice(column("Kind", "data.kind", Word, "committee", "What the body is."), "committee", "management", "forum")),
		column("Scope", "data.scope", Word, "", "The id of the scope it is for. Left empty: the root scope."),
		column("Parent", "data.parent", Word, "board", "The id of the body it belongs to."),
		column("Quorum", "data.quorum", Count, "2", "How many of its members are a quorum."),
		effective("2026-01-01"))
	k.act = always("body.constituted")
	k.say = func(get func(string) string) string {
		return fmt.Sprintf("the %s %s (%s)", get("Kind"), get("Name"), get("Id"))
	}
	return k
}

func roles() *Kind {
	k := kindOf("roles", "Each row makes a role (role.established). Who holds it is said in the sheet Appointments.", byGoverning,
		required(column("Id", "data.id", Word, "ceo", "What the role is called in every other sheet, without spaces.")),
		required(column("Name", "data.name", Word, "Chief executive", "The role's name.")),
		column("Scope", "data.scope", Word, "", "The id of the scope it is for. Left empty: the root scope."),
		effective("2026-01-01"))
	k.act = always("role.established")
	k.say = func(get func(string) string) string { return fmt.Sprintf("the role %s (%s)", get("Name"), get("Id")) }
	return k
}

// The acts that a row of appointments can become.
const (
	seatedInRole = "role.assigned"
	seatedInBody = "member.appointed"
)

func appointments() *Kind {
	role := func(c Column) Column { c.Paths, c.Path = map[string]string{seatedInRole: c.Path}, ""; return c }
	body := func(c Column) Column { c.Paths, c.Path = map[string]string{seatedInBody: c.Path}, ""; return c }
	seat := required(column("Role or body", "", Word, "ceo", "The id of the role or body."))
	seat.Paths = map[string]string{seatedInRole: "data.role", seatedInBody: "data.body"}
	capacity := body(choice(column("Capacity", "data.capacity", Word, "", "For a body: as what. Left empty: member. Other words are taken too."),
		"member", "chair", "independent", "secretary", "observer"))
	capacity.Open = true
	k := kindOf("appointments", "Each row puts a party into a role (role.assigned) or a body (member.appointed), the governing body among them.", byGoverning,
		required(column("Party", "data.party", Word, "ada", "The id of whoever is appointed.")),
		required(choice(column("To a", "", Word, "role", "Whether it is a role or a body."), "role", "body")),
		seat, effective("2026-01-01"), until("", "Left empty: until further notice."),
		role(choice(column("Basis", "data.basis", Word, "substantive", "For a role: how it is held. Left empty: substantive."),
			"substantive", "acting", "interim", "shared")),
		role(column("Covers", "data.covers", Word, "", "For a role: the id of the absent party for whom this one stands in.")),
		capacity,
		body(column("Alternate for", "data.alternateFor", Word, "", "For a body: the id of the member whose alternate this one is.")))
	k.act = func(get func(string) string) string {
		return map[string]string{"role": seatedInRole, "body": seatedInBody}[get("To a")]
	}
	k.say = func(get func(string) string) string {
		if get("To a") == "body" {
			return fmt.Sprintf("%s is %s of %s", get("Party"), first(get("Capacity"), "member"), get("Role or body"))
		}
		return fmt.Sprintf("%s is %s%s", get("Party"), get("Role or body"), after(", ", get("Basis")))
	}
	return k
}

// after puts words before a text that is not empty.
func after(words, text string) string {
	if text == "" {
		return ""
	}
	return words + text
}

func first(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
