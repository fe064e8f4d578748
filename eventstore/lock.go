package eventstore

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// LockedError tells which process has the data directory. It is an [ErrLocked].
type LockedError struct {
	Dir    string
	Holder string // what the holder wrote of itself: pid, command, since when; empty if it is not known
}

func (e *LockedError) Error() string {
	holder := e.Holder
	if holder == "" {
		holder = "another process"
	}
	return fmt.Sprintf("the data directory %s is in use by %s. Stop that process and try again, or talk to it instead of "+
		"opening the directory a second time; the lock goes with the process, so there is no file to delete", e.Dir, holder)
}

// Is tells that a LockedError is an ErrLocked.
func (e *LockedError) Is(target error) bool { return target == ErrLocked }

// lock takes the data directory for this process and writes into the lock file who has it. The lock is the operating
// system's, so it ends with the process however that ends.
func lock(dir string) (*flock.Flock, error) {
	path := filepath.Join(dir, "lock")
	f := flock.New(path, flock.SetPermissions(0o600))
	got, err := f.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock the data directory %s: %w", dir, err)
	}
	if !got {
		holder, _ := os.ReadFile(path)
		return nil, &LockedError{Dir: dir, Holder: string(bytes.TrimSpace(holder))}
	}
	who := fmt.Sprintf("process %d (%s) since %s\n", os.Getpid(), command(), time.Now().UTC().Format(time.RFC3339))
	if err := os.WriteFile(path, []byte(who), 0o600); err != nil {
		_ = f.Unlock()
		return nil, fmt.Errorf("lock the data directory %s: %w", dir, err)
	}
	return f, nil
}

// command is what the process was started as: its name and subcommand, without flags, since those may hold secrets.
func command() string {
	words := []string{filepath.Base(os.Args[0])}
	if len(os.Args) > 1 && !strings.HasPrefix(os.Args[1], "-") {
		words = append(words, os.Args[1])
	}
	return strings.Join(words, " ")
}
