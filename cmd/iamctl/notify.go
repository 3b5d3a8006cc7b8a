package main

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"runtime"

	"iamctl/internal/hint"
	"iamctl/report"
	"iamctl/result"
)

// notify runs the user's command with the markdown report on its standard
// input. It is the only thing that iamctl ever sends anywhere.
func notify(ctx context.Context, e *env, command string, r *result.Result, folder string) error {
	var text bytes.Buffer
	if err := report.Markdown(&text, r); err != nil {
		return err
	}
	shell, flag := "sh", "-c"
	if runtime.GOOS == "windows" {
		shell, flag = "cmd", "/C"
	}
	cmd := exec.CommandContext(ctx, shell, flag, command)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = &text, e.stderr, e.stderr
	if err := cmd.Run(); err != nil {
		return hint.With(fmt.Errorf("--notify-command: %w", err), "the files are written to %s all the same", folder)
	}
	return nil
}
