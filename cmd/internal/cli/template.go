package cli

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"buckstop/cmd/internal/sheets"
)

// templateKinds lists what templates there are.
func templateKinds() string {
	var names []string
	for _, k := range sheets.Kinds {
		names = append(names, k.Name)
	}
	return listed(names)
}

// writeTemplate writes what somebody fills in and imports. Nothing is ever overwritten: it may be filled in already.
func (a *app) writeTemplate(file string) error {
	content, err := sheets.Template(file)
	var wrong *sheets.Error
	switch {
	case errors.As(err, &wrong):
		return &problem{Code: codeUsage, Detail: wrong.What, Cure: wrong.Cure}
	case err != nil:
		return err
	}
	if err := writeNew(file, content); err != nil {
		if errors.Is(err, os.ErrExist) {
			return &problem{Code: codeExists, Detail: file + " is there already, and may be filled in", Cure: "Choose another folder, or move it away."}
		}
		return err
	}
	if a.flags.json {
		return a.document(struct {
			File string `json:"file"`
		}{file})
	}
	example := "the row marked EXAMPLE shows how."
	if strings.EqualFold(filepath.Ext(file), ".xlsx") {
		example = "the sheet Notes explains every column."
	}
	a.out.printf("%s is written. Fill it in; %s\nThen see what would be recorded, and record it:\n\n", file, example)
	again := program() + " import "
	a.out.printf("  %s--dry-run %s\n  %s%s\n", again, file, again, file)
	return nil
}

// writeNew writes a file that does not exist yet, whole or not at all.
func writeNew(file string, content []byte) (err error) {
	if _, err := os.Lstat(file); err == nil {
		return os.ErrExist
	}
	f, err := os.CreateTemp(filepath.Dir(file), ".buckstop-template-")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }()
	_, err = f.Write(content)
	err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close())
	if err != nil {
		return err
	}
	// A link fails where the name is taken meanwhile. Some file systems have none.
	if err = os.Link(f.Name(), file); err == nil || errors.Is(err, os.ErrExist) {
		return err
	}
	return os.Rename(f.Name(), file)
}
