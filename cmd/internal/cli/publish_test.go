package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"buckstop/eventstore"
	"buckstop/projections"

	"github.com/nats-io/nats.go"
	"github.com/stretchr/testify/require"
)

// TestAPlainNATSClientHearsEachFindingAppearAndClearOnce has commands record while a client that knows nothing of the program
// listens.
func TestAPlainNATSClientHearsEachFindingAppearAndClearOnce(t *testing.T) {
	server, err := eventstore.Open(t.Context(), eventstore.Config{Dir: t.TempDir(), Listen: "127.0.0.1:0"})
	require.NoError(t, err)
	defer func() { _ = server.Close() }()
	nc, err := nats.Connect(server.ListenURL())
	require.NoError(t, err)
	defer nc.Close()
	heard, err := nc.SubscribeSync("finding.acme.>")
	require.NoError(t, err)
	require.NoError(t, nc.Flush())

	there := []string{"--nats", server.ListenURL(), "--allow-unsynced"}
	succeeds(t, "", append(there, "init", "acme", "--organization", "Acme", "--governing-body", "board", "--effective", "2026-01-01")...)
	acts := `{"type":"party.registered","effective":"2026-01-01","by":"board","data":{"id":"ada","kind":"person","name":"Ada Okafor"}}
		{"type":"member.appointed","effective":"2026-01-01","by":"board","data":{"body":"board","party":"ada"}}
		{"type":"role.established","effective":"2026-01-01","by":"board","data":{"id":"cfo","name":"CFO"}}
		{"type":"delegation.granted","effective":"2026-01-01","by":"board","data":{"id":"d-cfo","from":"board","to":"cfo","scope":"organization","powers":["spend"]}}`
	succeeds(t, acts, append(there, "record", "-")...)
	succeeds(t, `{"type":"role.assigned","effective":"2026-01-01","by":"board","data":{"role":"cfo","party":"ada"}}`,
		append(there, "import", "-")...)

	var got []string
	for m, err := heard.NextMsg(5 * time.Second); err == nil; m, err = heard.NextMsg(100 * time.Millisecond) {
		n, err := projections.ReadNotice(m.Data)
		require.NoError(t, err)
		require.Equal(t, "finding.acme."+string(n.Code), m.Subject)
		require.NotContains(t, string(m.Data), "Okafor")
		if n.Code != "DUTY_UNMET" {
			got = append(got, n.State+" "+n.Key())
		}
	}
	require.Equal(t, []string{
		"appeared NO_GOVERNING_BODY body board", "cleared NO_GOVERNING_BODY body board",
		"appeared VACANT delegation d-cfo", "appeared SAME_PERSON delegation d-cfo", "cleared VACANT delegation d-cfo",
	}, got)
}

func TestAWatchOfFindingsPublishesWhatTimeAloneBrings(t *testing.T) {
	data := t.TempDir()
	succeeds(t, "", "--data", data, "init", "acme", "--organization", "Acme", "--governing-body", "board", "--effective", "2026-01-01")
	until := time.Now().AddDate(0, 0, 30).Add(2 * time.Second).UTC().Format(time.RFC3339Nano) // expiring two seconds from now on
	succeeds(t, `{"type":"party.registered","effective":"2026-01-01","by":"board","data":{"id":"ada","kind":"person","name":"Ada"}}
		{"type":"member.appointed","effective":"2026-01-01","by":"board","data":{"body":"board","party":"ada"}}
		{"type":"delegation.granted","effective":"2026-01-01","by":"board","data":{"id":"d","from":"board","to":"ada","scope":"organization","powers":["spend"],"until":"`+until+`"}}`,
		"--data", data, "record", "-")
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
	defer stop()
	var out, complaints strings.Builder
	args := []string{"--data", data, "watch", "--findings", "expiring", "--count", "1"}
	require.Zero(t, Run(ctx, args, strings.NewReader(""), &out, &complaints, func(string) string { return "" }), complaints.String())
	require.Regexp(t, `^[0-9]+  [0-9T:-]+Z  appeared  EXPIRING  delegation d  `, out.String())
	require.Empty(t, complaints.String())
}

func TestThatFindingsCannotBePublishedFailsNoCommandAndIsSaid(t *testing.T) {
	server, err := eventstore.Open(t.Context(), eventstore.Config{Dir: t.TempDir(), Listen: "127.0.0.1:0"})
	require.NoError(t, err)
	defer func() { _ = server.Close() }()
	there := []string{"--nats", server.ListenURL(), "--allow-unsynced"}
	succeeds(t, "", append(there, "init", "acme", "--organization", "Acme", "--governing-body", "board", "--effective", "2026-01-01")...)
	require.NoError(t, server.Conn().Publish("finding.acme.VACANT", []byte(`{"data":{}}`)))
	require.NoError(t, server.Conn().Flush())

	scope := func(id string) string {
		return fmt.Sprintf(`{"type":"scope.defined","effective":"2026-01-01","by":"board","data":{"id":%q,"name":"A scope"}}`, id)
	}
	const says = "the findings could not be published: message "
	r := run(t, scope("a"), append(there, "record", "-")...)
	require.Zero(t, r.code)
	require.Contains(t, r.stdout, "Recorded as act 2: ")
	require.Regexp(t, "^note: "+says+`.*\. They are published when the ledger is next written or watched\.\n$`, r.stderr)

	r = run(t, scope("b")+scope("b"), append(there, "record", "-", "--json")...)
	require.Equal(t, exitRefused, r.code, "the exit code is that of the acts")
	var told []struct{ Code, Detail, Cure string }
	for line := range lines(r.stderr) {
		told = append(told, struct{ Code, Detail, Cure string }{})
		require.NoError(t, json.Unmarshal([]byte(line), &told[len(told)-1]), line)
	}
	require.Len(t, told, 2)
	require.Equal(t, "ALREADY_EXISTS", told[0].Code)
	require.Contains(t, told[1].Detail, says)

	r = run(t, scope("c"), append(there, "import", "-")...)
	require.Zero(t, r.code)
	require.Contains(t, r.stderr, says)
}
