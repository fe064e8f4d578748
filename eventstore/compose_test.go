package eventstore

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/stretchr/testify/require"
)

// TestTheServerOfTheComposeFileIsTakenAsOneThatSyncsEveryWrite starts a server with the very configuration that
// docker-compose.yml gives it, but for where it listens and lies.
func TestTheServerOfTheComposeFileIsTakenAsOneThatSyncsEveryWrite(t *testing.T) {
	text, err := os.ReadFile("../docker-compose.yml")
	require.NoError(t, err)
	_, content, ok := strings.Cut(string(text), "content: |\n")
	require.True(t, ok)
	var conf strings.Builder
	for line := range strings.Lines(content) {
		if strings.TrimSpace(line) != "" && !strings.HasPrefix(line, "      ") {
			break
		}
		conf.WriteString(line)
	}
	file := filepath.Join(t.TempDir(), "nats.conf")
	require.NoError(t, os.WriteFile(file, []byte(strings.ReplaceAll(conf.String(), "$$", "$")), 0o600))
	opts, err := server.ProcessConfigFile(file)
	require.NoError(t, err)
	require.True(t, opts.SyncAlways)
	opts.Host, opts.Port, opts.HTTPHost, opts.HTTPPort, opts.StoreDir = "127.0.0.1", -1, "127.0.0.1", -1, t.TempDir()
	opts.NoSigs, opts.NoLog = true, true
	s, err := server.NewServer(opts)
	require.NoError(t, err)
	s.Start()
	t.Cleanup(func() {
		s.Shutdown()
		s.WaitForShutdown()
	})
	require.True(t, s.ReadyForConnections(5*time.Second))

	store, err := Open(context.Background(), Config{URL: s.ClientURL()})
	require.NoError(t, err)
	defer store.Close()
	_, err = store.Create(context.Background(), "acme")
	require.NoError(t, err)
}
