// Command buckstop keeps a ledger of governance acts and answers who is accountable. See `buckstop help`.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"buckstop/cmd/internal/cli"
	"buckstop/cmd/internal/ledger"
)

func main() {
	ledger.Tune()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := cli.Run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Getenv)
	stop()
	os.Exit(code)
}
