package domain_test

import (
	"bytes"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The tests of this file keep the house as it was designed: which package may know which, what the domain may touch, and
// what the repository holds. They parse every source file themselves, so that a file behind a build tag counts as well,
// and so that the test cache notices when any of them changes.

const (
	module   = "buckstop"
	root     = ".." // of the module, from this package
	maxLines = 500  // of a source file that is no test
)

// source is one Go file that is no test.
type source struct {
	pkg  string // its package's path below the module: "eventstore/tlog"
	file string // its path from the module's root
	fset *token.FileSet
	tree *ast.File
}

// imports gives the paths that s imports, those of this module without the module's name: "/eventstore".
func (s source) imports() []string {
	var paths []string
	for _, spec := range s.tree.Imports {
		p, _ := strconv.Unquote(spec.Path.Value)
		if rest, ok := strings.CutPrefix(p, module+"/"); ok {
			p = "/" + rest
		}
		paths = append(paths, p)
	}
	return paths
}

// sources parses every Go file of the module that is no test.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	fset := token.NewFileSet()
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if base := d.Name(); name != root && (base[0] == '.' || base[0] == '_' || base == "testdata") {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		file := strings.TrimPrefix(filepath.ToSlash(name), root+"/")
		tree, err := parser.ParseFile(fset, file, text, parser.SkipObjectResolution)
		all = append(all, source{pkg: path.Dir(file), file: file, fset: fset, tree: tree})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(of(all, "domain")) == 0 {
		t.Fatal("found no source of the domain: these tests look in the wrong place")
	}
	return all
}

// below tells whether the slash-separated path p is dir or lies in it.
func below(p, dir string) bool { return p == dir || strings.HasPrefix(p, dir+"/") }

// of gives those of all whose package is dir or lies below it.
func of(all []source, dir string) []source {
	return slices.DeleteFunc(slices.Clone(all), func(s source) bool { return !below(s.pkg, dir) })
}

// forbidImports fails the test for each import of the given sources that forbidden does not let pass.
func forbidImports(t *testing.T, in []source, forbidden func(s source, imported string) bool, why string) {
	t.Helper()
	for _, s := range in {
		for _, imported := range s.imports() {
			if forbidden(s, imported) {
				t.Errorf("%s imports %s: %s", s.file, strings.TrimPrefix(imported, "/"), why)
			}
		}
	}
}

// impure are the packages of the standard library that bring a clock, chance, the process or the outside with them, each
// with all below it.
var impure = []string{
	"os", "io/fs", "io/ioutil", "path/filepath", "syscall", "runtime", "plugin", "unsafe", "C",
	"net", "database", "expvar", "flag",
	"context", "log", "testing",
	"math/rand", "crypto/rand", "hash/maphash",
}

// values are the libraries of pure values that the domain may use, each with all below it.
var values = []string{
	"github.com/govalues/decimal",
	"github.com/sosodev/duration",
	"github.com/go-json-experiment/json",
	"golang.org/x/text",
}

func among(p string, dirs []string) bool {
	return slices.ContainsFunc(dirs, func(dir string) bool { return below(p, dir) })
}

func TestHouseDomainImportsNothingThatTouchesTheOutside(t *testing.T) {
	forbidImports(t, of(sources(t), "domain"), func(_ source, p string) bool { return among(p, impure) },
		"the domain has no clock, no chance, no context and no I/O; what it needs of them arrives as a value")
}

func TestHouseDomainImportsOnlyLibrariesOfPureValues(t *testing.T) {
	forbidImports(t, of(sources(t), "domain"), func(_ source, p string) bool {
		first, _, _ := strings.Cut(p, "/")
		return strings.Contains(first, ".") && !among(p, values)
	}, "of other people's libraries the domain uses "+strings.Join(values, ", ")+" and no other")
}

func TestHouseDomainKnowsNoOtherPartOfTheHouse(t *testing.T) {
	forbidImports(t, of(sources(t), "domain"), func(_ source, p string) bool {
		return strings.HasPrefix(p, "/") && !below(p, "/domain")
	}, "every arrow points to the domain, and none away from it")
}

// clocks are what package time offers that depends on when or where the program runs.
var clocks = []string{
	"Now", "Since", "Until", "After", "AfterFunc", "Tick", "Sleep", "NewTimer", "NewTicker", "Timer", "Ticker", "Local",
}

func TestHouseDomainNeverAsksForTheTimeOrTheMachinesZone(t *testing.T) {
	for _, s := range of(sources(t), "domain") {
		local := "" // the name of package time in this file
		for _, spec := range s.tree.Imports {
			if spec.Path.Value != `"time"` {
				continue
			}
			local = "time"
			if spec.Name != nil {
				local = spec.Name.Name
			}
		}
		if local == "" {
			continue
		}
		if local == "." {
			t.Errorf("%s imports time as its own names, which hides the clock", s.file)
		}
		ast.Inspect(s.tree, func(n ast.Node) bool {
			selector, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := selector.X.(*ast.Ident); ok && x.Name == local && slices.Contains(clocks, selector.Sel.Name) {
				t.Errorf("%s: time.%s in the domain: an instant arrives as a value", s.fset.Position(n.Pos()), selector.Sel.Name)
			}
			return true
		})
	}
}

func TestHouseDomainStartsNoGoroutine(t *testing.T) {
	for _, s := range of(sources(t), "domain") {
		ast.Inspect(s.tree, func(n ast.Node) bool {
			if _, ok := n.(*ast.GoStmt); ok {
				t.Errorf("%s: a go statement in the domain: it decides one thing after the other", s.fset.Position(n.Pos()))
			}
			return true
		})
	}
}

func TestHouseEventstoreDoesNotKnowTheProjections(t *testing.T) {
	forbidImports(t, of(sources(t), "eventstore"), func(_ source, p string) bool { return below(p, "/projections") },
		"the event store does not know what is folded from its acts")
}

func TestHouseProjectionsKnowOfTheEventstoreOnlyTheTransparencyLogInProofs(t *testing.T) {
	forbidImports(t, of(sources(t), "projections"), func(s source, p string) bool {
		return below(p, "/eventstore") && !(below(s.pkg, "projections/proof") && below(p, "/eventstore/tlog"))
	}, "projections are given acts; projections/proof alone may import eventstore/tlog")
}

func TestHouseTransparencyLogAndProofsAreFreeOfNATS(t *testing.T) {
	all := sources(t)
	for _, start := range []string{"eventstore/tlog", "projections/proof"} {
		// Through other packages of the house too: what checks a proof offline must not carry a message server.
		reached := map[string]bool{}
		var visit func(pkg string)
		visit = func(pkg string) {
			for _, s := range all {
				if s.pkg != pkg {
					continue
				}
				for _, p := range s.imports() {
					if below(p, "github.com/nats-io") || below(p, "github.com/synadia-io") {
						t.Errorf("%s imports %s, and %s comes with it", s.file, p, start)
					}
					if next, ok := strings.CutPrefix(p, "/"); ok && !reached[next] {
						reached[next] = true
						visit(next)
					}
				}
			}
		}
		for _, s := range of(all, start) {
			if !reached[s.pkg] {
				reached[s.pkg] = true
				visit(s.pkg)
			}
		}
	}
}

func TestHouseOnlyCommandsImportWhatCommandsShare(t *testing.T) {
	forbidImports(t, sources(t), func(s source, p string) bool { return below(p, "/cmd") && !below(s.pkg, "cmd") },
		"commands wire the house together; nothing in it knows them")
}

// tracked gives the paths of the files that git tracks, and skips the test where there is no git to ask.
func tracked(t *testing.T) []string {
	t.Helper()
	// The index is read so that the test cache notices when a file is added or removed.
	if _, err := os.Stat(filepath.Join(root, ".git")); errors.Is(err, fs.ErrNotExist) {
		t.Skip("skipped: this tree is no git repository, so that nothing tells which files belong to it")
	}
	_, _ = os.Stat(filepath.Join(root, ".git", "index"))
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("skipped: git is not installed, so that nothing tells which files belong to the tree")
	}
	list := exec.Command("git", "ls-files", "-z")
	list.Dir = root
	var complaint bytes.Buffer
	list.Stderr = &complaint
	out, err := list.Output()
	if err != nil {
		t.Fatalf("git ls-files: %v: %s", err, complaint.String())
	}
	files := strings.FieldsFunc(string(out), func(r rune) bool { return r == 0 })
	if len(files) == 0 {
		t.Skip("skipped: git tracks no file yet")
	}
	return files
}

// text reads a tracked file; one whose deletion is not yet staged is empty.
func text(t *testing.T, file string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(file)))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return b
}

func TestHouseTopLevelHoldsWhatTheDesignNamesAndNoMore(t *testing.T) {
	designed := []string{
		"cmd", "domain", "eventstore", "projections", "docs",
		"go.mod", "go.sum", "Dockerfile", "docker-compose.yml",
		"README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md",
	}
	found := map[string]bool{}
	for _, file := range tracked(t) {
		top, _, _ := strings.Cut(file, "/")
		found[top] = true
	}
	for _, top := range slices.Sorted(maps.Keys(found)) {
		if !strings.HasPrefix(top, ".") && !slices.Contains(designed, top) {
			t.Errorf("%s is at the top level of the repository, where the design has no place for it", top)
		}
	}
}

func TestHouseSourceFilesStayUnderTheirLimit(t *testing.T) {
	for _, file := range tracked(t) {
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			continue
		}
		if lines := bytes.Count(text(t, file), []byte("\n")); lines > maxLines {
			t.Errorf("%s has %d lines; split it before %d", file, lines, maxLines)
		}
	}
}

func TestHouseReadmeBeginsWithTheDemoAndTheTests(t *testing.T) {
	_, block, ok := strings.Cut(string(text(t, "README.md")), "\n```sh\n")
	if !ok {
		t.Fatal("README.md has no ```sh block")
	}
	block, _, _ = strings.Cut(block, "\n```")
	var commands []string
	for line := range strings.Lines(block) {
		if line = strings.TrimPrefix(strings.TrimSpace(line), "$ "); line != "" {
			commands = append(commands, line)
		}
	}
	want := []string{"go run ./cmd/buckstop demo", "go test ./..."}
	if len(commands) < len(want) || !slices.Equal(commands[:len(want)], want) {
		t.Errorf("README.md's first commands are %q; a newcomer is promised %q", commands, want)
	}
}

func TestHouseTrackedFilesNameNoFolderOfOneMachine(t *testing.T) {
	here, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	// Written in pieces, so that this file does not name what it forbids.
	folders := []string{"/" + "work/", "/" + "root/"}
	if strings.Count(here, "/") > 1 {
		folders = append(folders, filepath.ToSlash(here))
	}
	var quoted []string
	for _, f := range folders {
		quoted = append(quoted, regexp.QuoteMeta(f))
	}
	// Part of a longer path or of an address is something else.
	named := regexp.MustCompile(`(?m)(?:^|[^\w.-])(` + strings.Join(quoted, "|") + `).*$`)
	for _, file := range tracked(t) {
		content := text(t, file)
		if bytes.IndexByte(content, 0) >= 0 {
			continue
		}
		for _, m := range named.FindAllSubmatchIndex(content, -1) {
			line := 1 + bytes.Count(content[:m[2]], []byte("\n"))
			t.Errorf("%s:%d: names the folder %s, which is not on other people's machines", file, line, content[m[2]:m[3]])
		}
	}
}

// TestHouseSwitchesThatMustNameEveryActTypeHaveNoDefault keeps the linter's eye on them: it takes a default for complete.
func TestHouseSwitchesThatMustNameEveryActTypeHaveNoDefault(t *testing.T) {
	must := map[string]bool{"applyAct": false, "subject": false, "Sentence": false}
	for _, s := range sources(t) {
		for _, d := range s.tree.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if _, ok := must[f.Name.Name]; !ok || s.pkg != "domain" && s.pkg != "projections" {
				continue
			}
			ast.Inspect(f, func(n ast.Node) bool {
				sw, ok := n.(*ast.TypeSwitchStmt)
				if !ok {
					return true
				}
				must[f.Name.Name] = true
				for _, c := range sw.Body.List {
					if c.(*ast.CaseClause).List == nil {
						t.Errorf("%s: the switch of %s over the act types has a default", s.file, f.Name.Name)
					}
				}
				return true
			})
		}
	}
	for name, found := range must {
		if !found {
			t.Errorf("no switch over the act types was found in %s", name)
		}
	}
}
