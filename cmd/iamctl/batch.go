package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/urfave/cli/v2"

	"iamctl/internal/inputfile"
	"iamctl/result"
	"iamctl/verdict"
	"iamctl/verdict/question"
)

// maxQuestion is the longest line of a batch in bytes.
const maxQuestion = 64 << 20

// errUnreadable is the error of a batch of which all was answered that could be read.
var errUnreadable = errors.New("not every question could be read; their answers have the reason")

// answerBatch answers questions line by line, in their order.
func answerBatch(e *env, c *cli.Context, comparer *verdict.Comparer) error {
	if c.Args().Present() {
		return usage("policy diff", "--batch takes its documents from the file, got %q", c.Args().First())
	}
	in := e.stdin
	if name := c.String("batch"); name != "-" {
		f, err := inputfile.Open(c.Context, name, inputfile.Questions)
		if err != nil {
			return err
		}
		defer f.Close()
		in = f
	}
	out := bufio.NewWriter(e.stdout)
	b := batch{c: c, comparer: comparer, out: out}
	err := b.answer(&awaited{in, out})
	if flushed := out.Flush(); err == nil {
		err = flushed
	}
	switch {
	case err != nil:
		return err
	case b.unreadable:
		return errUnreadable
	}
	return outcome(b.code)
}

// awaited is input whose reader may be waiting for the answers so far: they are written
// before more is read.
type awaited struct {
	in  io.Reader
	out *bufio.Writer
}

func (a *awaited) Read(p []byte) (int, error) {
	if err := a.out.Flush(); err != nil {
		return 0, err
	}
	return a.in.Read(p)
}

// batch is what became of a batch so far.
type batch struct {
	c          *cli.Context
	comparer   *verdict.Comparer
	out        io.Writer
	unreadable bool
	code       result.ExitCode
}

func (b *batch) answer(in io.Reader) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxQuestion)
	for n := 1; lines.Scan(); n++ {
		line := bytes.TrimSpace(bytes.TrimPrefix(lines.Bytes(), []byte("\xef\xbb\xbf")))
		if len(line) == 0 {
			continue
		}
		if err := b.line(line); err != nil {
			return err
		}
		if err := b.c.Context.Err(); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("--batch %s: %w", b.c.String("batch"), err)
	}
	return nil
}

// line answers one question.
func (b *batch) line(line []byte) error {
	var a question.Answer
	q, err := question.Parse(line)
	if err != nil {
		b.unreadable = true
		a = question.Unanswered(q.ID, err.Error())
	} else {
		a = question.Ask(b.comparer, &q)
		b.code = max(b.code, exitOf(b.c, a.Verdict, a.Future))
	}
	return writeJSON(b.out, a, "")
}
