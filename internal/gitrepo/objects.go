package gitrepo

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strconv"
)

// maxObject is the largest object that is read, in bytes. A policy has 10 kB.
const maxObject = 64 << 20

// Objects reads objects of a repository through one git process. It is for
// one goroutine.
type Objects struct {
	ctx      context.Context
	dir      string
	cancel   context.CancelFunc
	cmd      *exec.Cmd
	in       io.WriteCloser
	out      *bufio.Reader
	messages *bounded
	// err is why nothing more can be read.
	err error
}

// Objects starts a process, which ends with the context or by Close.
func (r *Repo) Objects(ctx context.Context) (*Objects, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	own, cancel := context.WithCancel(ctx)
	o := &Objects{ctx: ctx, dir: r.dir, cancel: cancel, cmd: command(own, r.dir, "cat-file", "--batch"), messages: &bounded{limit: maxStderr}}
	o.cmd.Stderr = o.messages
	var out io.Reader
	var err error
	if o.in, err = o.cmd.StdinPipe(); err == nil {
		out, err = o.cmd.StdoutPipe()
	}
	if err == nil {
		err = o.cmd.Start()
	}
	if err != nil {
		cancel()
		return nil, failure(r.dir, "cat-file", "", err)
	}
	o.out = bufio.NewReaderSize(out, 64<<10)
	return o, nil
}

// Close ends the process. What was read stays valid.
func (o *Objects) Close() {
	if o.err == nil {
		o.err = errors.New("closed")
		o.in.Close()
		o.cancel()
		_ = o.cmd.Wait() // it was killed
	}
}

// broken ends the process after an error and says what happened.
func (o *Objects) broken(err error) error {
	o.cancel()
	wait := o.cmd.Wait()
	switch {
	case o.ctx.Err() != nil:
		o.err = o.ctx.Err()
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		// git gave up by itself, and said why.
		o.err = failure(o.dir, "cat-file", o.messages.text(), cmp.Or(wait, err))
	default:
		o.err = err
	}
	return o.err
}

// object is an object of a repository.
type object struct {
	id, kind string
	data     []byte
}

// each reads objects of one kind by their names, which hold no line end, and
// hands them over in that order. Names go to git without waiting for its
// answers.
func (o *Objects) each(kind string, names []string, use func(i int, got object) error) error {
	if o.err != nil {
		return o.err
	}
	asked := make(chan struct{})
	go func() {
		defer close(asked)
		w := bufio.NewWriter(o.in)
		for _, n := range names {
			w.WriteString(n)
			w.WriteByte('\n')
		}
		_ = w.Flush() // where it fails there is no answer either
	}()
	for i, n := range names {
		got, err := o.next(n)
		if err == nil && got.kind != kind {
			err = fmt.Errorf("%s is a %s where a %s should be; the repository is damaged (see: git fsck)", got.id, got.kind, kind)
		}
		if err == nil {
			err = use(i, got)
		}
		if err != nil {
			err = o.broken(err)
			<-asked
			return err
		}
	}
	<-asked
	return nil
}

// one reads one object.
func (o *Objects) one(kind, name string) (got object, err error) {
	err = o.each(kind, []string{name}, func(_ int, g object) error { got = g; return nil })
	return got, err
}

// next reads an answer: "ID KIND SIZE", the content and a line end.
func (o *Objects) next(name string) (object, error) {
	head, err := o.out.ReadSlice('\n')
	if err != nil {
		return object{}, err
	}
	fields := bytes.Fields(head)
	if len(fields) != 3 {
		// "NAME missing"
		return object{}, missing(name)
	}
	got := object{id: string(fields[0]), kind: string(fields[1])}
	size, err := strconv.ParseInt(string(fields[2]), 10, 64)
	if err != nil || size < 0 {
		return object{}, fmt.Errorf("git cat-file: the answer %q is not understood", head)
	}
	if size > maxObject {
		return object{}, fmt.Errorf("the %s %s has %d MB, more than any file of a snapshot", got.kind, got.id, size>>20)
	}
	got.data = make([]byte, size)
	if _, err := io.ReadFull(o.out, got.data); err != nil {
		return object{}, err
	}
	if end, err := o.out.ReadByte(); err != nil || end != '\n' {
		return object{}, cmp.Or(err, errors.New("git cat-file: an object does not end where it should"))
	}
	return got, nil
}
