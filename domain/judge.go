package domain

// judge weighs one act: shape first, then references, entitlement, and then the rules of DOMAIN, section 5, in the order
// of its table. The act is judged at its place in the fold, on everything recorded before it.
type judge struct {
	s         *State
	act       *Act
	principal string
	now       Instant // when it is recorded
	target    uint64  // of the content of a correction: the sequence of the act corrected; 0 else
	w         *world
	makes     thingKey // what the act makes anew; known once its references are judged
	lifeless  []uint64 // acts whose subject was there before a correction or an annulment, to be there after it
}

// The steps by which an act is judged, and those by which what wraps a correction or an annulment is.
var (
	judging = []func(*judge) *Refusal{
		(*judge).references, (*judge).recorder, (*judge).entitled, (*judge).rules, (*judge).resolved, (*judge).inOffice,
		(*judge).backdated, (*judge).free,
	}
	restating = []func(*judge) *Refusal{
		(*judge).references, (*judge).recorder, (*judge).mayRestate, (*judge).resolved, (*judge).inOffice,
	}
)

func (j *judge) judge() *Refusal {
	j.w = j.s.worldAt(Pos{At: j.act.Effective.At, Seq: j.s.next()})
	if bad := j.shape(); bad != nil {
		return bad
	}
	switch d := j.act.Data.(type) {
	case *ActCorrected:
		return j.correction(d)
	case *ActAnnulled:
		return j.annulment(d)
	default:
		return j.content()
	}
}

// before reads the cells as they stand just before a place in the fold, as newest known and with everything pending.
type before struct {
	s    *State
	fold *fold
	pos  Pos
}

func (b *before) drawn(on tallyKey, from, to Pos, but uint64) sum {
	return b.s.rulings.drawn(on, from, to, b.fold.seq, but)
}

func (b *before) of(c *cell) any { return c.before(b.pos) }

func (b *before) get(k cellKey) any {
	if c := b.fold.find(k); c != nil {
		return c.before(b.pos)
	}
	return nil
}

// worldAt is the state just before a place in the fold, with everything pending.
func (s *State) worldAt(p Pos) *world {
	w := &struct {
		world
		before
	}{before: before{s, s.fold, p}}
	w.world = world{r: &w.before, at: p.At, fold: s.fold}
	return &w.world
}

// content judges what an act says, be it new or the content of a correction.
func (j *judge) content() *Refusal {
	if d, ok := j.act.Data.(*LedgerOpened); ok {
		return j.opening(d)
	}
	if j.s.fold.root == "" {
		return refuse(Invalid, "type", "the ledger is not opened yet", "Its first act is ledger.opened.")
	}
	for _, step := range judging {
		if bad := step(j); bad != nil {
			return bad
		}
	}
	return nil
}

func (j *judge) opening(d *LedgerOpened) *Refusal {
	if j.s.fold.root != "" {
		return refuse(AlreadyExists, "type", "the ledger is open; it is opened once", "")
	}
	if j.act.By != d.GoverningBody.ID {
		return refuse(GovernanceAct, "by", "only the governing body opens its ledger", "Let by name the governing body.")
	}
	err := j.act.eachField(func(at *walker, fd *field) error {
		if fd.kind == isIDs && fd.names && len(*fd.strs()) > 0 {
			return refuse(UnknownParty, at.item(0), "no party is registered before the ledger is opened", "Leave it out.")
		}
		return nil
	})
	if err != nil {
		return err.(*Refusal)
	}
	return nil
}
