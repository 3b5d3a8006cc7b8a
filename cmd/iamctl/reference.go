package main

import (
	"fmt"
	"net/http"

	"github.com/urfave/cli/v2"

	"iamctl/compare"
	"iamctl/internal/atomicfile"
	"iamctl/internal/hint"
	"iamctl/reference"
)

func referenceCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "reference",
		Usage: "AWS's actions, resource types and condition keys",
		Subcommands: []*cli.Command{{
			Name:  "update",
			Usage: "fetch AWS's service reference into iam.json",
			Description: examples(`
Fetches the service reference that AWS publishes and writes it as iam.json, in
one piece: a failure leaves the old file as it is. Needs no credentials.`, `
  iamctl reference update
  iamctl reference update --file iam.json`),
			Flags: []cli.Flag{
				&cli.PathFlag{Name: "file", Value: compare.ReferenceFile, TakesFile: true, Usage: "write to `FILE`"},
				&cli.StringFlag{Name: "url", Value: reference.DefaultURL, Usage: "fetch from `URL`"},
				followLinksFlag(), quietFlag(),
			},
			Action: func(c *cli.Context) error { return runReferenceUpdate(e, c) },
		}},
	}
}

func runReferenceUpdate(e *env, c *cli.Context) error {
	if err := noArguments(c); err != nil {
		return err
	}
	p := newProgress(e, c.Bool("quiet"))
	step := p.account("reference")
	ref, err := reference.Update(c.Context, http.DefaultClient, c.String("url"), func(done, total int, service string) {
		step.Stage(service, done, total)
	})
	if err != nil {
		step.Failed(err)
		p.wait()
		return hint.With(err, "%s was left as it is; the embedded reference serves without it", c.Path("file"))
	}
	step.finish("done")
	p.wait()
	for _, n := range ref.Notes() {
		e.note(n.String())
	}
	path, err := outputPath(c, c.Path("file"))
	if err != nil {
		return err
	}
	if err := atomicfile.Write(path, 0o644, ref.Write); err != nil {
		return err
	}
	if !c.Bool("quiet") {
		fmt.Fprintf(e.stdout, "wrote %s: %d services, %s\n", c.Path("file"), len(ref.Services()), ref.Version())
	}
	return nil
}
