package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"time"

	"github.com/urfave/cli/v2"

	"iamctl/compare"
	"iamctl/internal/atomicfile"
	"iamctl/internal/hint"
	"iamctl/internal/visible"
	"iamctl/report"
	"iamctl/result"
	"iamctl/result/matrix"
)

// output is the folder of a run. It appears whole, or not at all.
type output struct {
	*atomicfile.Dir
	// final is the path that it will have.
	final string
	// base is the folder of all runs, "" if the user named the folder.
	base string
}

// prepareOutput begins the output folder before the first call to AWS, so
// that a folder that cannot be written, or that another run writes to, costs no
// minutes. The caller discards it in the end.
func prepareOutput(e *env, c *cli.Context, opt atomicfile.Options) (*output, error) {
	final, err := outputPath(c, c.Path("output"))
	if err != nil {
		return nil, err
	}
	o := &output{final: final}
	if c.IsSet("output") && o.final == "" {
		return nil, usage(c.Command.Name, "--output is empty")
	}
	if o.final == "-" {
		return nil, hint.With(errors.New("--output -: the output is a folder"), "for one report on stdout write --format FORMAT=-, or --json; for a folder of that name ./-")
	}
	if o.final == "" {
		if e.home == "" {
			return nil, hint.With(errors.New("there is no home folder to write to"), "name a folder with --output DIR")
		}
		// Links in one's own home are one's own.
		home, err := atomicfile.Follow(filepath.Join(e.home, "aws-idt"))
		if err != nil {
			return nil, err
		}
		o.base = filepath.Join(home, "output")
		if o.final, err = atomicfile.StampedFolder(o.base, e.now()); err != nil {
			return nil, hint.With(err, "name another folder with --output DIR")
		}
	}
	opt.Perm = 0o700
	dir, err := atomicfile.NewDir(o.final, opt)
	if err != nil {
		o.removeStamped()
		return nil, hint.With(err, "name another folder with --output DIR")
	}
	o.Dir = dir
	e.unfinished.set(o)
	return o, nil
}

// discard removes what was not committed.
func (o *output) discard() {
	o.Dir.Discard()
	o.removeStamped()
}

func (o *output) removeStamped() {
	if o.base != "" {
		atomicfile.RemoveStamped(o.base, o.final)
	}
}

// writeDiff writes all files and prints the result.
func writeDiff(e *env, c *cli.Context, out *output, sides [2]compare.Side, r *result.Result, o diffOptions) error {
	names, err := report.NewNames([2]string{sides[0].Tag, sides[1].Tag}, [2]string{sides[0].Label(), sides[1].Label()})
	if err != nil {
		return usage("diff", "%w", err)
	}
	names.WithoutItems = c.Bool("no-items")
	if o.formats, err = ownFormats(c, o.formats, out.final); err != nil {
		return err
	}
	if err := report.Folder(c.Context, out.Path(), r, names); err != nil {
		return out.Blame(err)
	}
	render := func(name, path string) error { return renderTo(c, e, r, name, path) }
	if err := writeFormats(o.formats, diffFormats, out.Path(), true, render); err != nil {
		return out.Blame(err)
	}
	if err := e.unfinished.commit(out); err != nil {
		return err
	}
	if err := writeFormats(o.formats, diffFormats, out.final, false, render); err != nil {
		return err
	}
	if err := printDiff(e, c, out, r, o); err != nil {
		return fmt.Errorf("print the result: %w", err)
	}
	return nil
}

// ownFormats returns the list with the formats that go into the run's own folder
// under a name of the user's as such: they are part of what is committed. It returns
// an error if one is to go into one of the run's own files.
func ownFormats(c *cli.Context, list []formatTarget, folder string) ([]formatTarget, error) {
	own, err := filepath.Abs(folder)
	if err != nil {
		return nil, err
	}
	list = slices.Clone(list)
	for i, w := range list {
		path, err := filepath.Abs(w.path)
		if err != nil {
			return nil, err
		}
		name := filepath.Base(path)
		if w.path == "" || w.path == "-" || filepath.Dir(path) != own {
			continue
		}
		if name == result.FileName || name == matrix.FileName || name == report.SummaryName || filepath.Ext(name) == ".csv" {
			return nil, usage(c.Command.Name, "--format %s=%s: the run has a file of that name itself", w.format, w.path)
		}
		list[i].path, list[i].name = "", name
	}
	return list, nil
}

func printDiff(e *env, c *cli.Context, out *output, r *result.Result, o diffOptions) error {
	switch {
	case c.Bool("json"):
		return r.Write(e.stdout)
	case c.Bool("quiet"), toStdout(o.formats):
		return nil
	}
	return report.Text(e.stdout, r, e.textOptions(c, out.final))
}

// toStdout reports whether a format goes to stdout.
func toStdout(list []formatTarget) bool {
	return slices.ContainsFunc(list, func(t formatTarget) bool { return t.path == "-" })
}

// printJSON prints a value as indented JSON.
func (e *env) printJSON(v any) error { return writeJSON(e.stdout, v, "  ") }

// writeJSON writes v as JSON that a terminal can show, on a line if indent is "".
func writeJSON(w io.Writer, v any, indent string) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetIndent("", indent)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(visible.EscapeJSON(nil, b.Bytes()))
	return err
}

// screenful is how many lines the differences may take on stdout; summary.txt has
// them all.
const screenful = 40

// textOptions returns the options of a text on stdout; folder is where the files
// are.
func (e *env) textOptions(c *cli.Context, folder string) report.TextOptions {
	o := report.TextOptions{Color: e.color(c), Width: e.width, Lines: screenful, Folder: folder}
	if c.Bool("full") {
		o.Lines = 0
	}
	return o
}

// holdWait is how long a run waits for another one that changes the same file.
const holdWait = 10 * time.Second

// holdFile holds a file that is read, changed and written, so that no change of
// another run is lost.
func holdFile(c *cli.Context, path string) (*atomicfile.Lock, error) {
	path, err := outputPath(c, path)
	if err != nil {
		return nil, err
	}
	wait, cancel := context.WithTimeout(c.Context, holdWait)
	defer cancel()
	lock, err := atomicfile.HoldFile(wait, path)
	if c.Err() != nil {
		lock.Release()
		return nil, c.Err()
	}
	return lock, err
}

// writeFile writes a file that is for people, in one piece.
func writeFile(c *cli.Context, path string, data []byte) error {
	path, err := outputPath(c, path)
	if err != nil {
		return err
	}
	return atomicfile.Write(path, 0o644, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}
