package domain

import (
	"fmt"
	"slices"
)

// resend answers an act whose id is recorded: with the first receipt where the content is the same, and else with a
// refusal. It is the same if every field it gives equals the stored one, times made instants in the same way: a day where
// an instant was given, or the reverse, is other content.
func (s *State) resend(a *Act, seq uint64, in Recording) (Accepted, error) {
	stored := map[string]field{}
	s.said(seq).eachField(func(w *walker, fd *field) error {
		stored[w.path()] = *fd
		return nil
	})
	err := a.eachField(func(w *walker, fd *field) error {
		path := w.path()
		if path == "id" {
			return nil
		}
		if was, ok := stored[path]; !ok || !fd.same(&was, in.Open) {
			return refuse(DuplicateID, path, fmt.Sprintf("an act with the id %q is recorded as number %d, and says something else here", a.ID, seq),
				"Send it unchanged, give another id to another act, or record act.corrected.")
		}
		return nil
	})
	if err != nil {
		return Accepted{}, err
	}
	return Accepted{Seq: seq, ID: a.ID, Recorded: s.recorded[seq-1], Known: true}, nil
}

// same tells whether a field as given says what the stored one says.
func (fd *field) same(was *field, open func(string) (string, bool)) bool {
	if fd.kind != was.kind || (fd.unset != nil && *fd.unset) != (was.unset != nil && *was.unset) {
		return false
	}
	switch fd.kind {
	case isID, isName, isEnum:
		return *fd.str() == *was.str()
	case isIDs, isNames:
		return slices.Equal(*fd.strs(), *was.strs())
	case isText:
		if was.text().Seal == "" {
			return fd.text().Plain == was.text().Plain && !fd.text().Personal
		}
		if open == nil {
			return true
		}
		text, ok := open(was.text().Seal)
		return !ok || text == fd.text().Plain // what was erased cannot be told apart any more
	case isWhen:
		if fd.settles {
			return fd.when().At == was.when().At && fd.when().Day == was.when().Day
		}
		return fd.when().Text == was.when().Text
	case isAmount:
		return fd.num().Text == was.num().Text
	case isCount:
		return *fd.count() == *was.count()
	case isBool:
		return *fd.flag() == *was.flag()
	case isList:
		return fd.list().len() == was.list().len()
	}
	return true
}
