package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTheCommandsOfTheREADMEDoWhatItSays runs its commands, in its order, on the acts it shows.
func TestTheCommandsOfTheREADMEDoWhatItSays(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "README.md"))
	require.NoError(t, err)
	block := func(kind string) string {
		_, after, ok := strings.Cut(string(text), "```"+kind+"\n")
		require.True(t, ok, "the README has no %s block", kind)
		body, _, _ := strings.Cut(after, "```")
		return body
	}
	t.Chdir(t.TempDir())
	require.NoError(t, os.WriteFile("acts.jsonl", []byte(block("json")), 0o600))
	data := filepath.Join(t.TempDir(), "data")
	env := func(name string) string {
		if name == "BUCKSTOP_DATA" {
			return data
		}
		return ""
	}
	var last string
	n := 0
	for line := range strings.Lines(block("console")) {
		command, ok := strings.CutPrefix(strings.TrimSpace(line), "$ buckstop ")
		if !ok {
			continue
		}
		n++
		var out, errs bytes.Buffer
		require.Zero(t, Run(context.Background(), shellWords(command), strings.NewReader(""), &out, &errs, env), "%s: %s", command, errs.String())
		last = out.String()
	}
	require.Equal(t, 3, n)
	require.Contains(t, last, "Answerable: Ada Okafor.")
}

// TestTheStoryOfTheREADMEIsTheDemos asks the demo what the README asks it, and gets what the README says: of each answer the
// parts that it does not leave out with […].
func TestTheStoryOfTheREADMEIsTheDemos(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "README.md"))
	require.NoError(t, err)
	_, story, ok := strings.Cut(string(text), "to be asked:\n\n```\n")
	require.True(t, ok, "the README tells no story")
	story, _, _ = strings.Cut(story, "```")
	kept := t.TempDir()
	succeeds(t, "", "demo", "--keep", kept)
	answer, n := "", 0
	says := func(parts string) {
		for _, part := range strings.Split(parts, "[…]") {
			require.Contains(t, strings.Join(strings.Fields(answer), " "), strings.TrimSpace(part))
		}
	}
	for line := range strings.Lines(story) {
		command, ok := strings.CutPrefix(strings.TrimSpace(line), "$ buckstop ")
		if !ok {
			says(line)
			continue
		}
		n++
		command, beside, _ := strings.Cut(command, "   ")
		var out, errs bytes.Buffer
		code := Run(context.Background(), append([]string{"--data", kept}, strings.Fields(command)...), strings.NewReader(""), &out, &errs, func(string) string { return "" })
		require.Contains(t, []int{exitOK, exitCheck}, code, "%s: %s", command, errs.String())
		answer = out.String()
		says(beside)
	}
	require.Equal(t, 5, n)
}

// shellWords splits a command as a shell does, as far as double quotes.
func shellWords(command string) (out []string) {
	for i, part := range strings.Split(command, `"`) {
		if i%2 == 1 {
			out = append(out, part)
		} else {
			out = append(out, strings.Fields(part)...)
		}
	}
	return out
}
