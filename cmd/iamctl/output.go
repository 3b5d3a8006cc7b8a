package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"iamctl/diff"
	"iamctl/internal/atomicfile"
	"iamctl/report"
)

// output is the folder of a run in the making: it appears whole, or not at all.
type output struct {
	*atomicfile.Dir
	// final is where it will be.
	final string
	// base is the folder of all runs, "" where the user named the folder.
	base string
}

// prepareOutput begins the output folder before the first call to AWS, so
// that a folder that cannot be written costs no minutes. The caller discards
// it in the end.
func prepareOutput(e *env, c *cli.Context) (*output, error) {
	o := &output{final: c.Path("output")}
	if c.IsSet("output") && o.final == "" {
		return nil, usage(c.Command.Name, "--output is empty")
	}
	if o.final == "" {
		if e.home == "" {
			return nil, withHint(errors.New("there is no home folder to write to"), "name a folder with --output DIR")
		}
		var err error
		o.base = filepath.Join(e.home, "aws-idt", "output")
		if o.final, err = atomicfile.StampedFolder(o.base, e.now()); err != nil {
			return nil, withHint(err, "name another folder with --output DIR")
		}
	}
	dir, err := atomicfile.NewDir(o.final, atomicfile.Options{Perm: 0o700, Markers: []string{report.JSONName}})
	if err != nil {
		o.removeStamped()
		return nil, withHint(err, "name another folder with --output DIR")
	}
	o.Dir = dir
	return o, nil
}

// discard throws away what was not committed.
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
func writeDiff(e *env, c *cli.Context, in *inputs, out *output, sides [2]side, changes *diff.Changes) error {
	names, err := report.NewNames([2]string{sides[0].tag, sides[1].tag}, [2]string{sides[0].label(), sides[1].label()})
	if err != nil {
		return usage("diff", "%w", err)
	}
	meta := in.meta()
	if err := report.Folder(c.Context, out.Path(), changes, names, meta, nil); err != nil {
		return out.Blame(err)
	}
	if err := out.Commit(); err != nil {
		return err
	}
	if err := printDiff(e, c, out, changes, meta); err != nil {
		return fmt.Errorf("print the result: %w", err)
	}
	return outcome(changes)
}

func printDiff(e *env, c *cli.Context, out *output, changes *diff.Changes, meta report.Meta) error {
	switch {
	case c.Bool("json"):
		return report.JSON(e.stdout, changes, meta, nil)
	case c.Bool("quiet"):
		return nil
	}
	o := report.TextOptions{Color: e.colour(), Width: e.width, Lines: screenful, Folder: out.final}
	return report.Text(e.stdout, changes, nil, o)
}

// screenful is how many lines the differences may take on stdout; the files
// have them all.
const screenful = 40

// meta says what made the report.
func (in *inputs) meta() report.Meta {
	m := report.Meta{Version: version(), Reference: in.reference.Version()}
	if in.dictionaryBytes != nil {
		sum := sha256.Sum256(in.dictionaryBytes)
		m.Dictionary, m.DictionarySHA256 = in.dictionaryName, hex.EncodeToString(sum[:])
	}
	return m
}
