// Command iamctl compares the IAM roles of AWS accounts that are meant to
// have the same ones, and says what differs and where it could not look.
package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/term"

	"iamctl/internal/visible"
	"iamctl/result"
)

func main() { os.Exit(mainCode()) }

// mainCode runs the program on the process's own environment and returns its exit
// code.
func mainCode() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	home, err := os.UserHomeDir()
	if err != nil {
		home = ""
	}
	e := &env{
		stdin: os.Stdin, getenv: os.Getenv, now: time.Now, home: home,
		stdout:         visible.NewLogWriter(os.Stdout, visible.InText),
		stderr:         visible.NewLogWriter(os.Stderr, visible.InText),
		rawStderr:      os.Stderr,
		stdoutTerminal: term.IsTerminal(int(os.Stdout.Fd())),
		stderrTerminal: term.IsTerminal(int(os.Stderr.Fd())),
		stdinTerminal:  term.IsTerminal(int(os.Stdin.Fd())),
		width:          terminalWidth(),
	}
	// Closed before stop is called, which ends ctx.
	ended := make(chan struct{})
	defer close(ended)
	go interrupted(ctx, e, stop, ended)
	return exitCode(e, run(ctx, e, os.Args))
}

func terminalWidth() int {
	width, _, err := term.GetSize(int(os.Stdout.Fd()))
	if err != nil {
		return 0
	}
	return width
}

// exitCode returns the exit code for an error. It prints the error unless it is
// the exit code of a run.
func exitCode(e *env, err error) int {
	if err == nil {
		return int(result.ExitInSync)
	}
	var code result.ExitCode
	if errors.As(err, &code) {
		return int(code)
	}
	if errors.Is(err, context.Canceled) {
		e.fail(errors.New("interrupted"))
		return exitInterrupted
	}
	e.fail(err)
	return exitFailure
}
