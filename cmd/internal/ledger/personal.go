package ledger

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"

	"buckstop/domain"
)

// personalValue is a personal text as it lies outside the log.
type personalValue struct {
	Text    string   `json:"text"`
	Salt    string   `json:"salt"`    // base64url
	Persons []string `json:"persons"` // whose erasure destroys it
}

func valueOf(s domain.Sealed) personalValue {
	return personalValue{s.Text, base64.RawURLEncoding.EncodeToString(s.Salt[:]), s.Persons}
}

// keep puts personal texts on disk. It must be done before the acts that seal them are stored: a text without its act
// does no harm, an act without its text is lost to its readers.
func (l *Ledger) keep(ctx context.Context, sealed []domain.Sealed) error {
	values := make(map[string][]byte, len(sealed))
	for _, s := range sealed {
		b, err := json.Marshal(valueOf(s))
		if err != nil {
			return err
		}
		values[s.Seal] = b
	}
	return l.log.Personal().PutAll(ctx, values)
}

// loadPersonal reads the personal texts back, and finishes erasures that were recorded and not carried through.
func (l *Ledger) loadPersonal(ctx context.Context) error {
	err := l.log.Personal().All(ctx, func(seal string, b []byte) error {
		var v personalValue
		if err := json.Unmarshal(b, &v); err != nil {
			return fmt.Errorf("the personal value %s is unreadable: %w", seal, err)
		}
		l.personal[seal] = v
		return nil
	})
	if err != nil {
		return err
	}
	for _, p := range l.state.Erased() {
		if err := l.erase(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

// erase destroys the personal texts of a person.
func (l *Ledger) erase(ctx context.Context, person string) error {
	l.mu.Lock()
	var seals []string
	for seal, v := range l.personal {
		for _, p := range v.Persons {
			if p == person {
				seals = append(seals, seal)
				break
			}
		}
	}
	l.mu.Unlock()
	if len(seals) == 0 {
		return nil
	}
	if err := l.log.Personal().Destroy(ctx, seals...); err != nil {
		return fmt.Errorf("erase %s: %w", person, err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, seal := range seals {
		delete(l.personal, seal)
	}
	return nil
}

// reveal opens a seal; the caller holds mu.
func (l *Ledger) reveal(seal string) (string, bool) {
	v, ok := l.personal[seal]
	return v.Text, ok
}
