package compare

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"iamctl/extract"
	"iamctl/extract/gitsnapshot"
	"iamctl/internal/inputfile"
	"iamctl/policy"
	"iamctl/verdict/question"
)

// ReadDocuments reads a policy document, or a JSON list of them: from a file, from a
// file at a git revision (git:REV:FILE), or for "-" from stdin. Errors begin with name.
func ReadDocuments(ctx context.Context, name string, stdin io.Reader) ([]*policy.Document, error) {
	data, err := readDocument(ctx, name, stdin)
	if err != nil {
		return nil, err
	}
	label := DocumentsName(name)
	text := jsontext.Value(bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))))
	if len(text) == 0 {
		return nil, fmt.Errorf("%s: it is empty; a policy document is a JSON object", label)
	}
	return question.Documents(label, text)
}

// DocumentsName is what errors call the documents of ReadDocuments.
func DocumentsName(name string) string {
	if name == "-" {
		return "stdin"
	}
	return name
}

func readDocument(ctx context.Context, name string, stdin io.Reader) ([]byte, error) {
	switch {
	case name == "-":
		return readLimited(ctx, stdin, inputfile.Policy)
	case strings.HasPrefix(name, "git:"):
		spec, err := extract.ParseSpec(name)
		if err != nil {
			return nil, err
		}
		return gitsnapshot.ReadFile(ctx, spec, "", inputfile.Policy)
	}
	return inputfile.Read(ctx, name, inputfile.Policy)
}

// readLimited reads a stream as far as its kind may be long.
func readLimited(ctx context.Context, r io.Reader, kind inputfile.Kind) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, kind.Max+1))
	if err == nil && int64(len(data)) > kind.Max {
		err = fmt.Errorf("stdin: %s has at most %d bytes", kind.Name, kind.Max)
	}
	if err == nil {
		err = ctx.Err()
	}
	return data, err
}
