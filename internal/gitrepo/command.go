package gitrepo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// maxOutput is how much git may write for anything but objects, in bytes.
const maxOutput = 64 << 20

// maxStderr is how much of git's messages is kept.
const maxStderr = 8 << 10

// waitDelay is how long a killed git may hold its pipes open.
const waitDelay = 2 * time.Second

// safe are the options of every git command: see the package comment.
var safe = []string{
	"--no-pager", "--no-replace-objects", "--no-optional-locks",
	"-c", "core.fsmonitor=false",
	"-c", "core.hooksPath=" + os.DevNull,
	"-c", "log.showSignature=false",
	"-c", "core.warnAmbiguousRefs=true",
}

// handedOn are the variables of git that a command keeps.
var handedOn = []string{"GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"}

// added are the variables that every git command gets.
var added = []string{
	"LC_ALL=C",
	"GIT_TERMINAL_PROMPT=0",
	"GIT_OPTIONAL_LOCKS=0",
	"GIT_NO_REPLACE_OBJECTS=1",
	// Old versions of git do not know the first; the second stops them, too.
	"GIT_NO_LAZY_FETCH=1",
	"GIT_ALLOW_PROTOCOL=",
	"GIT_PAGER=cat",
}

// command prepares git in a folder. It is killed when the context ends.
func command(ctx context.Context, dir string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "git", append(slices.Clone(safe), args...)...)
	cmd.Dir = dir
	cmd.Env = environment(cmd.Environ())
	cmd.WaitDelay = waitDelay
	return cmd
}

// environment returns what git sees of the variables that this process has.
func environment(inherited []string) []string {
	env := slices.DeleteFunc(inherited, func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		name = strings.ToUpper(name) // as on Windows, where case does not count
		return name == "LANGUAGE" || strings.HasPrefix(name, "LC_") ||
			strings.HasPrefix(name, "GIT_") && !slices.Contains(handedOn, name)
	})
	return append(env, added...)
}

// run runs git to its end and returns its output and its messages.
func run(ctx context.Context, dir string, args ...string) (out []byte, messages string, err error) {
	cmd := command(ctx, dir, args...)
	stdout, stderr := &bounded{limit: maxOutput, fail: true}, &bounded{limit: maxStderr}
	cmd.Stdout, cmd.Stderr = stdout, stderr
	err = cmd.Run()
	messages = stderr.text()
	switch {
	case ctx.Err() != nil:
		return nil, "", ctx.Err()
	case stdout.over:
		return nil, "", fmt.Errorf("git %s writes more than %d MB", args[0], maxOutput>>20)
	case err != nil:
		return nil, messages, failure(dir, args[0], messages, err)
	}
	return stdout.buf.Bytes(), messages, nil
}

// bounded keeps the beginning of what is written to it. Beyond the limit it
// fails, or lets the rest go.
type bounded struct {
	buf   bytes.Buffer // not embedded: its ReadFrom knows no limit
	limit int
	fail  bool
	over  bool
}

var errTooMuch = errors.New("too much output")

func (b *bounded) Write(p []byte) (int, error) {
	room := b.limit - b.buf.Len()
	if len(p) <= room {
		return b.buf.Write(p)
	}
	b.over = true
	b.buf.Write(p[:room])
	if b.fail {
		return room, errTooMuch
	}
	return len(p), nil
}

func (b *bounded) text() string { return strings.TrimSpace(b.buf.String()) }
