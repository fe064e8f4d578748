package domain

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// maxAct is the most that a stored act may take, wrapped.
const maxAct = 64_000

// DecodeAct reads an act from JSON, strictly: an unknown field, a field given twice, invalid UTF-8, a number where a
// string belongs and whatever else is no act is a [Refusal] with the code INVALID and the path of the field. A stored
// act as exported is accepted too: what wraps it is dropped, and wrapped is true. The act's times are not settled yet.
func DecodeAct(text []byte) (act *Act, wrapped bool, err error) {
	if len(text) > 4*maxAct {
		return nil, false, refuse(Invalid, "", fmt.Sprintf("the act takes %d bytes; %d are the most", len(text), maxAct), "")
	}
	act, bad := decodeAct(text, nil, false)
	if bad == nil {
		return act, false, nil
	}
	// What is no act may be one wrapped, or no JSON at all, of which jsontext says exactly what is wrong.
	if err := checkJSON(text); err != nil {
		return nil, false, err
	}
	if event, ok := unwrap(text); ok {
		act, err = decodeEvent(event)
		return act, true, err
	}
	return nil, false, bad
}

// checkJSON says what is no JSON in text and where.
func checkJSON(text []byte) error {
	d := jsontext.NewDecoder(bytes.NewReader(text))
	_, err := d.ReadValue()
	if err == nil {
		if len(bytes.TrimSpace(text[d.InputOffset():])) == 0 {
			return nil
		}
		return refuse(Invalid, "", "more follows after the act", "")
	}
	var syntax *jsontext.SyntacticError
	if !errors.As(err, &syntax) {
		return refuse(Invalid, "", "the text is no JSON: it breaks off", "")
	}
	reason := syntax.Err
	r := refuse(Invalid, pointerPath(syntax.JSONPointer), "", "")
	switch {
	case errors.Is(reason, jsontext.ErrDuplicateName):
		r.Message = "the field is given twice"
	case reason != nil && strings.Contains(reason.Error(), "UTF-8"):
		r.Message = "the text is not valid UTF-8"
	case reason != nil:
		r.Message = "the text is no JSON at byte " + strconv.FormatInt(syntax.ByteOffset, 10) + ": " + reason.Error()
	default:
		r.Message = "the text is no JSON"
	}
	return r
}

// pointerPath writes an RFC 6901 pointer as paths are written here: data.limits[0].max.
func pointerPath(p jsontext.Pointer) string {
	var b strings.Builder
	for token := range p.Tokens() {
		switch {
		case allDigits(token):
			b.WriteString("[" + token + "]")
		case b.Len() > 0:
			b.WriteString("." + token)
		default:
			b.WriteString(token)
		}
	}
	return b.String()
}

type event struct{ id, dates, data []byte }

// unwrap reads the CloudEvent that a stored act is wrapped in, in whatever order its attributes come.
func unwrap(text []byte) (e event, ok bool) {
	s := &scanner{b: text}
	bad := s.members(func(name []byte) *Refusal {
		v, err := s.value()
		switch string(name) {
		case "specversion":
			ok = true
		case "id":
			e.id = v
		case "dates":
			e.dates = v
		case "data":
			e.data = v
		}
		return err
	})
	return e, ok && bad == nil
}

func decodeEvent(e event) (*Act, error) {
	if e.data == nil || e.id == nil {
		return nil, refuse(Invalid, "", "the CloudEvent lacks its id or its data", "")
	}
	a, bad := decodeAct(e.data, nil, false)
	if bad != nil {
		return nil, bad.under("data")
	}
	id, bad := (&scanner{b: e.id}).str()
	if bad != nil || !ValidID(string(id)) || a.ID != "" && a.ID != string(id) {
		return nil, refuse(Invalid, "id", "the CloudEvent's id is no act's", "")
	}
	a.ID = string(id)
	if e.dates != nil {
		dates, bad := (&scanner{b: e.dates}).str()
		if bad != nil {
			return nil, bad.under("dates")
		}
		a.markDates(string(dates))
	}
	return a, nil
}

func decodeAct(text []byte, ids *interner, stored bool) (*Act, *Refusal) {
	d := newDecoder(text, ids, stored)
	defer d.release()
	a := &Act{}
	a.declare(&d.form, &d.data)
	if err := d.members(0); err != nil {
		return nil, err
	}
	d.form.fields = d.form.fields[:0]
	if d.peek() != 0 {
		return nil, refuse(Invalid, "", "more follows after the act", "")
	}
	t := TypeOf(a.Type)
	if t == nil {
		return nil, refuse(Invalid, "type", strconv.Quote(a.Type)+" is no act type", nearestType(a.Type))
	}
	a.Type, a.Data = t.Name, t.data()
	if c, ok := a.Data.(*ActCorrected); ok {
		defer func() { c.given = c.given.Clone() }()
	}
	d.scanner = scanner{b: d.data}
	if err := d.object(a.Data); err != nil {
		return nil, err.under("data")
	}
	return a, nil
}

func decodeData(d Data, text []byte, ids *interner, stored bool) *Refusal {
	dec := newDecoder(text, ids, stored)
	defer dec.release()
	return dec.object(d)
}

// nearestType helps where a type is misspelt.
func nearestType(name string) string {
	family, _, _ := strings.Cut(name, ".")
	var near []string
	for i := range registry {
		if strings.HasPrefix(registry[i].Name, family+".") {
			near = append(near, registry[i].Name)
		}
	}
	if len(near) == 0 {
		return ""
	}
	return "There is " + listed(near, "and") + "."
}

// ReadStored reads an act back from its stored form. Days that stayed days (of a review, of a resolution) are read in UTC;
// a [State] reads them in its ledger's zone.
func ReadStored(stored []byte) (Envelope, *Act, error) {
	e, err := ReadEnvelope(stored)
	if err != nil {
		return e, nil, err
	}
	a, err := readAct(&e)
	if err == nil {
		err = a.settle(time.UTC, false)
	}
	return e, a, err
}

// readAct reads the act that is wrapped; its times are to be settled yet.
func readAct(e *Envelope) (*Act, error) {
	a, bad := decodeAct(e.Act, nil, true)
	if bad != nil {
		return nil, fmt.Errorf("the stored act %d: %w", e.Seq, bad)
	}
	if a.Type != e.Type {
		return nil, fmt.Errorf("the stored act %d is a %s wrapped as a %s", e.Seq, a.Type, e.Type)
	}
	a.ID = e.ID
	a.markDates(e.Dates)
	return a, nil
}

// Encode writes the act as JSON: the members given, in the order of DOMAIN, section 3, without white space. Personal texts
// are written as far as they are known: in full, sealed or erased.
func (a *Act) Encode() []byte { return a.encode(nil) }

func (a *Act) encode(b []byte) []byte {
	w := walkers.Get().(*walker)
	defer w.release()
	a.declare(&w.form, &w.data)
	w.data = jsontext.Value{'x'} // there is data; what it is, a.Data says
	w.form.fields[len(w.form.fields)-1].data = &a.Data
	return w.form.encode(b, 0)
}

// settle makes the act's times instants, in the ledger's time zone. With rewrite (an act as given), the effective time
// and every `until` are rewritten as the ledger stores them; other times stay as given.
func (a *Act) settle(zone *time.Location, rewrite bool) error {
	corrects := a.corrects()
	var dates []string
	a.names = make([]naming, 0, 6)
	err := a.eachField(func(w *walker, fd *field) error {
		switch fd.kind {
		case isWhen:
			return a.settleTime(w, fd, zone, rewrite, corrects, &dates)
		case isText:
			a.personal = a.personal || fd.personal || fd.text().Personal
		case isID:
			if fd.space != none {
				a.names = append(a.names, naming{fd.str(), fd.space, !fd.names})
			}
		case isIDs:
			if fd.space != none {
				for i := range *fd.strs() {
					a.names = append(a.names, naming{&(*fd.strs())[i], fd.space, false})
				}
			}
		}
		return nil
	})
	if rewrite {
		a.dates = strings.Join(dates, " ")
	}
	return err
}

func (a *Act) settleTime(w *walker, fd *field, zone *time.Location, rewrite, corrects bool, dates *[]string) error {
	t := fd.when()
	if t.IsZero() {
		return nil
	}
	if err := t.settle(zone, rewrite && fd.settles); err != nil {
		return refuse(Invalid, w.path(), err.Error(), "")
	}
	if fd.name == "until" && !a.Effective.At.Before(t.At) && !corrects {
		return refuse(Invalid, w.path(), "the term ends at or before it begins", "The day given as until is the first day not covered.")
	}
	if fd.settles && t.Day {
		*dates = append(*dates, w.path())
	}
	return nil
}

func (a *Act) corrects() bool { _, ok := a.Data.(*ActCorrected); return ok }

// Dates lists the times of a settled act that were given as days and are stored as instants, by path and separated by
// spaces. A resend that gives an instant where a day was given, or the reverse, is other content.
func (a *Act) Dates() string { return a.dates }

func (a *Act) markDates(dates string) {
	if a.dates = dates; dates == "" {
		return
	}
	marked := strings.Fields(dates)
	a.eachField(func(w *walker, fd *field) error {
		if fd.kind == isWhen && fd.settles {
			path := w.path()
			for _, m := range marked {
				fd.when().Day = fd.when().Day || m == path
			}
		}
		return nil
	})
}
