package domain

// The acts that say what there is: the organization, its parties, bodies, roles and scopes, and who sits where.

type (
	// LedgerOpened opens the ledger of one legal entity: always sequence 1, and only once.
	LedgerOpened struct {
		Organization  Organization
		GoverningBody GoverningBody
		TimeZone      string // IANA; UTC when left out
		YearStart     string // MM-DD; 01-01 when left out
		Root          *Root  // the root scope; "organization" when left out
	}
	// Organization is the legal entity that the ledger is of.
	Organization struct {
		Name    Text
		LegalID string
	}
	// GoverningBody is the body that is accountable for everything.
	GoverningBody struct {
		ID     string
		Name   Text
		Quorum Count
	}
	// Root is the scope that holds all others.
	Root struct {
		ID   string
		Name Text
	}
	// OrganizationRenamed gives the organization another name or legal id.
	OrganizationRenamed struct {
		Name    Text
		LegalID string
	}
	// RecorderAppointed lets a principal record: for the parties named, or for all where none is.
	RecorderAppointed struct {
		Principal string
		Parties   []string
		Person    string
	}
	// RecorderRemoved ends what an appointment as recorder gave.
	RecorderRemoved struct {
		Principal string
		Parties   []string
		Person    string
	}
	// PartyRegistered makes a person, team, organization or system known to the ledger, at every effective instant.
	PartyRegistered struct {
		ID         string
		Kind       string
		Name       Text
		Answerable string
		Ledger     string
	}
	// PartyRenamed gives a party another name, another id, or both; it keeps its history under every id it bore.
	PartyRenamed struct {
		ID     string
		Name   Text
		NewID  string
		person bool // the party is a person, so that its name is personal; set when the act is settled
	}
	// PersonLeft ends every seat and every personal delegation of a person.
	PersonLeft struct{ Person string }
	// PersonReturned makes a person who left present again, without what leaving ended.
	PersonReturned struct{ Person string }
	// PersonErased destroys the personal values of a person; the record itself stays whole.
	PersonErased struct{ Person string }
	// BodyConstituted makes a committee, management body or forum.
	BodyConstituted struct {
		ID     string
		Name   Text
		Kind   string
		Scope  string
		Parent string
		Quorum Count
	}
	// BodyChanged changes a body's name or quorum.
	BodyChanged struct {
		ID     string
		Name   Text
		Quorum Count
	}
	// BodyDissolved ends a body and the seats in it.
	BodyDissolved struct{ ID string }
	// GoverningBodySucceeded puts a new governing body in the place of the present one.
	GoverningBodySucceeded struct {
		ID     string
		Name   Text
		Quorum Count
	}
	// MemberAppointed seats a party in a body.
	MemberAppointed struct {
		Body         string
		Party        string
		Capacity     string // member when left out
		Until        When
		AlternateFor string
	}
	// MemberDeparted ends a party's seats in a body that are effective at or before it: of one capacity, or all.
	MemberDeparted struct {
		Body     string
		Party    string
		Capacity string
	}
	// RoleEstablished makes a role.
	RoleEstablished struct {
		ID    string
		Name  Text
		Scope string
	}
	// RoleAbolished ends a role and the seats in it.
	RoleAbolished struct{ ID string }
	// RoleAssigned seats a party in a role.
	RoleAssigned struct {
		Role   string
		Party  string
		Basis  string // substantive when left out
		Covers string
		Until  When
	}
	// RoleVacated ends every assignment of a party to a role that is effective at or before it.
	RoleVacated struct {
		Role  string
		Party string
	}
	// ScopeDefined makes a scope, under the root when no parent is named.
	ScopeDefined struct {
		ID     string
		Name   Text
		Parent string
		Kind   string
	}
	// ScopeRenamed gives a scope another name.
	ScopeRenamed struct {
		ID   string
		Name Text
	}
	// ScopeMoved puts a scope under another.
	ScopeMoved struct {
		ID     string
		Parent string
	}
	// ScopeRetired ends a scope and those below it.
	ScopeRetired struct{ ID string }
	// PowerDefined names a power. Once one is defined, only defined powers may be granted.
	PowerDefined struct {
		ID   string
		Name Text
	}
	// KeyRegistered binds a public key to a person, for attestations.
	KeyRegistered struct {
		ID         string
		Person     string
		Algorithm  string
		PublicKey  string
		Credential string
		RPID       string
		Origin     string
	}
	// KeyRevoked ends a key.
	KeyRevoked struct{ ID string }
)

func (d *LedgerOpened) declare(f *form) {
	f.nested("organization", true, item[Organization, *Organization]{&d.Organization})
	f.nested("governingBody", true, item[GoverningBody, *GoverningBody]{&d.GoverningBody})
	f.word("timeZone", false, &d.TimeZone, wrongZone)
	f.word("yearStart", false, &d.YearStart, wrongYearStart)
	f.nested("root", false, optional(&d.Root))
}

func (o *Organization) declare(f *form) {
	f.short("name", true, &o.Name)
	f.word("legalId", false, &o.LegalID, anyWord)
}

func (b *GoverningBody) declare(f *form) {
	f.made(spaceParty, &b.ID)
	f.short("name", true, &b.Name)
	f.count("quorum", &b.Quorum)
}

func (r *Root) declare(f *form) {
	f.made(spaceScope, &r.ID)
	f.short("name", true, &r.Name)
}

func (d *OrganizationRenamed) declare(f *form) {
	f.short("name", true, &d.Name)
	f.word("legalId", false, &d.LegalID, anyWord)
}

func (d *RecorderAppointed) declare(f *form) {
	f.add(field{name: "principal", kind: isID, required: true, space: spacePrincipal, at: &d.Principal})
	f.refs("parties", spaceParty, &d.Parties)
	f.refOpt("person", spaceParty, &d.Person)
}

func (d *RecorderRemoved) declare(f *form) {
	f.add(field{name: "principal", kind: isID, required: true, space: spacePrincipal, at: &d.Principal})
	f.refs("parties", spaceParty, &d.Parties)
	f.refOpt("person", spaceParty, &d.Person)
}

func (d *PartyRegistered) declare(f *form) {
	f.made(spaceParty, &d.ID)
	f.enum("kind", true, &d.Kind, "person", "team", "organization", "system")
	f.short("name", true, &d.Name).personal = d.Kind == "person"
	f.refOpt("answerable", spaceParty, &d.Answerable)
	f.word("ledger", false, &d.Ledger, wrongLedger)
}

func (d *PartyRenamed) declare(f *form) {
	f.ref("id", spaceParty, &d.ID)
	f.short("name", false, &d.Name).personal = d.person
	f.add(field{name: "newId", kind: isID, space: spaceParty, at: &d.NewID})
}

func (d *PersonLeft) declare(f *form)     { f.ref("person", spaceParty, &d.Person) }
func (d *PersonReturned) declare(f *form) { f.ref("person", spaceParty, &d.Person) }
func (d *PersonErased) declare(f *form)   { f.ref("person", spaceParty, &d.Person) }

func (d *BodyConstituted) declare(f *form) {
	f.made(spaceParty, &d.ID)
	f.short("name", true, &d.Name)
	f.enum("kind", true, &d.Kind, "committee", "management", "forum")
	f.refOpt("scope", spaceScope, &d.Scope)
	f.refOpt("parent", spaceParty, &d.Parent)
	f.count("quorum", &d.Quorum)
}

func (d *BodyChanged) declare(f *form) {
	f.ref("id", spaceParty, &d.ID)
	f.short("name", false, &d.Name)
	f.count("quorum", &d.Quorum)
}

func (d *BodyDissolved) declare(f *form) { f.ref("id", spaceParty, &d.ID) }

func (d *GoverningBodySucceeded) declare(f *form) {
	f.made(spaceParty, &d.ID)
	f.short("name", true, &d.Name)
	f.count("quorum", &d.Quorum)
}

func (d *MemberAppointed) declare(f *form) {
	f.ref("body", spaceParty, &d.Body)
	f.ref("party", spaceParty, &d.Party)
	f.word("capacity", false, &d.Capacity, anyWord)
	f.until(&d.Until)
	f.refOpt("alternateFor", spaceParty, &d.AlternateFor)
}

func (d *MemberDeparted) declare(f *form) {
	f.ref("body", spaceParty, &d.Body)
	f.ref("party", spaceParty, &d.Party)
	f.word("capacity", false, &d.Capacity, anyWord)
}

func (d *RoleEstablished) declare(f *form) {
	f.made(spaceParty, &d.ID)
	f.short("name", true, &d.Name)
	f.refOpt("scope", spaceScope, &d.Scope)
}

func (d *RoleAbolished) declare(f *form) { f.ref("id", spaceParty, &d.ID) }

func (d *RoleAssigned) declare(f *form) {
	f.ref("role", spaceParty, &d.Role)
	f.ref("party", spaceParty, &d.Party)
	f.enum("basis", false, &d.Basis, "substantive", "acting", "interim", "shared")
	f.refOpt("covers", spaceParty, &d.Covers)
	f.until(&d.Until)
}

func (d *RoleVacated) declare(f *form) {
	f.ref("role", spaceParty, &d.Role)
	f.ref("party", spaceParty, &d.Party)
}

func (d *ScopeDefined) declare(f *form) {
	f.made(spaceScope, &d.ID)
	f.short("name", true, &d.Name)
	f.refOpt("parent", spaceScope, &d.Parent)
	f.word("kind", false, &d.Kind, anyWord)
}

func (d *ScopeRenamed) declare(f *form) {
	f.ref("id", spaceScope, &d.ID)
	f.short("name", true, &d.Name)
}

func (d *ScopeMoved) declare(f *form) {
	f.ref("id", spaceScope, &d.ID)
	f.refOpt("parent", spaceScope, &d.Parent)
}

func (d *ScopeRetired) declare(f *form) { f.ref("id", spaceScope, &d.ID) }

func (d *PowerDefined) declare(f *form) {
	f.word("id", true, &d.ID, wrongSinglePower).space = spacePower
	f.short("name", true, &d.Name)
}

func (d *KeyRegistered) declare(f *form) {
	f.made(spaceKey, &d.ID)
	f.ref("person", spaceParty, &d.Person)
	f.enum("algorithm", true, &d.Algorithm, "ed25519", "ssh", "webauthn")
	f.word("publicKey", true, &d.PublicKey, wrongKey)
	f.word("credential", false, &d.Credential, wrongBase64)
	f.word("rpId", false, &d.RPID, anyWord)
	f.word("origin", false, &d.Origin, wrongOrigin)
}

func (d *KeyRevoked) declare(f *form) { f.ref("id", spaceKey, &d.ID) }
