package cli

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"buckstop/domain"

	"github.com/go-json-experiment/json/jsontext"
)

// input is the file, or standard input, that acts are read from.
type input struct {
	*bufio.Reader
	name  string
	size  int64 // -1 where it is not known
	close func()
}

// input opens FILE, or standard input for -. A byte order mark is passed over.
func (a *app) input(file string) (*input, error) {
	in := &input{name: file, size: -1, close: func() {}}
	if file == "-" {
		in.name, in.Reader = "standard input", bufio.NewReaderSize(a.in, 1<<16)
	} else {
		f, err := os.Open(file)
		if err != nil {
			return nil, err
		}
		in.Reader, in.close = bufio.NewReaderSize(f, 1<<16), func() { _ = f.Close() }
		info, err := f.Stat()
		if err == nil && info.IsDir() {
			in.close()
			return nil, &problem{Code: codeUsage, Detail: file + " is a directory; a file of acts is wanted"}
		}
		if err == nil && info.Mode().IsRegular() {
			in.size = info.Size()
		}
	}
	if mark, _ := in.Peek(3); string(mark) == "\xef\xbb\xbf" {
		_, _ = in.Discard(3)
	}
	return in, nil
}

// act is one act as it lies in an input.
type act struct {
	text []byte
	line int // on which it begins
}

// acts reads JSON values: one, several one after the other, an array of them, or a line each.
type acts struct {
	in     *input
	json   *jsontext.Decoder
	lines  *lineCounter
	peeked *act
}

func readActs(in *input) *acts {
	lines := &lineCounter{r: in}
	// What is wrong inside an act is for the domain to say; here values are only told from each other.
	return &acts{in: in, lines: lines, json: jsontext.NewDecoder(lines, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))}
}

// next gives the next act; io.EOF after the last.
func (r *acts) next() (act, error) {
	if p := r.peeked; p != nil {
		r.peeked = nil
		return *p, nil
	}
	for {
		switch r.json.PeekKind() {
		case '[':
			if r.json.StackDepth() > 0 {
				break
			}
			fallthrough
		case ']':
			if _, err := r.json.ReadToken(); err != nil {
				return act{}, r.broken(err)
			}
			continue
		}
		v, err := r.json.ReadValue()
		if err != nil {
			return act{}, r.broken(err)
		}
		return act{bytes.Clone(v), r.lines.at(r.json.InputOffset() - int64(len(v)))}, nil
	}
}

// peek gives the next act and leaves it to be read.
func (r *acts) peek() (act, error) {
	a, err := r.next()
	if err == nil {
		r.peeked = &a
	}
	return a, err
}

func (r *acts) broken(err error) error {
	if err == io.EOF {
		return err
	}
	if r.lines.failed != nil {
		return fmt.Errorf("read %s: %w", r.in.name, r.lines.failed)
	}
	refusal := &domain.Refusal{Code: domain.Invalid, Message: "the text is no JSON: it breaks off"}
	where := r.lines.read
	var syntax *jsontext.SyntacticError
	if errors.As(err, &syntax) && !errors.Is(err, io.ErrUnexpectedEOF) {
		where = syntax.ByteOffset
		if syntax.Err != nil {
			refusal.Message = "the text is no JSON: " + strings.TrimPrefix(syntax.Err.Error(), "jsontext: ")
		}
	}
	return &located{refusal, r.in.name, r.lines.at(where)}
}

// lineCounter notes where lines begin in what is read through it.
type lineCounter struct {
	r      io.Reader
	read   int64
	feeds  []int64 // offsets of line feeds not passed yet
	passed int     // line feeds before those
	failed error
}

func (c *lineCounter) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	for i, ch := range b[:n] {
		if ch == '\n' {
			c.feeds = append(c.feeds, c.read+int64(i))
		}
	}
	c.read += int64(n)
	if err != nil && err != io.EOF {
		c.failed = err
	}
	return n, err
}

// at gives the line of an offset; offsets are asked for in rising order.
func (c *lineCounter) at(offset int64) int {
	for len(c.feeds) > 0 && c.feeds[0] < offset {
		c.feeds = c.feeds[1:]
		c.passed++
	}
	return c.passed + 1
}

// opens tells whether an act is the one that opens a ledger.
func opens(text []byte) (bool, error) {
	a, _, err := domain.DecodeAct(text)
	if err != nil {
		return false, err
	}
	_, ok := a.Data.(*domain.LedgerOpened)
	return ok, nil
}
