package connect

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"iamctl/internal/inputfile"
)

// heading is a section of a shared file: [profile dev] has the kind
// "profile" and the name "dev", [dev] only a name.
type heading struct {
	kind, name string
	file       string
	line       int
}

// openShared opens a shared file. The null device is an empty one, as people have
// it to keep their own files out.
func openShared(path string) (io.ReadCloser, error) {
	if path == os.DevNull {
		return io.NopCloser(strings.NewReader("")), nil
	}
	return inputfile.Open(context.Background(), path, inputfile.Config)
}

// check returns an error if a shared file is one that the SDK would wait for, or
// read without end.
func (f Files) check() error {
	for _, path := range f.paths() {
		file, err := openShared(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		file.Close()
	}
	return nil
}

// scanHeadings finds the sections of a shared file, with the line of each,
// which the SDK does not say. A file that is not there has none. What the
// SDK passes over in silence is an error here: behind an unclosed heading,
// the settings of one profile go to the profile above it.
func scanHeadings(path string) ([]heading, error) {
	f, err := openShared(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var all []heading
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	n := 0
	for lines.Scan() {
		n++
		h, err := scanLine(lines.Text(), len(all) > 0)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n, err)
		}
		if h != nil {
			h.file, h.line = path, n
			all = append(all, *h)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s:%d: %w", path, n+1, err)
	}
	return all, nil
}

// scanLine looks at one line; inside is true if a heading came before it. No
// error repeats the line, which may hold a key.
func scanLine(line string, inside bool) (*heading, error) {
	text := strings.TrimSpace(line)
	if text == "" || text[0] == '#' || text[0] == ';' {
		return nil, nil
	}
	if text[0] == '[' {
		return scanHeading(text)
	}
	indented := line[0] == ' ' || line[0] == '\t'
	switch {
	case !inside && strings.HasPrefix(text, "\ufeff"):
		return nil, errors.New("the file begins with a byte order mark; save it without")
	case !inside:
		return nil, errors.New("a setting before the first [heading]")
	case !indented && !strings.ContainsAny(text, "=:"):
		return nil, errors.New("neither a [heading] nor a setting of the form name = value")
	}
	return nil, nil
}

func scanHeading(text string) (*heading, error) {
	text, _, _ = strings.Cut(text, "#")
	text, _, _ = strings.Cut(text, ";")
	text = strings.TrimSpace(text)
	if !strings.HasSuffix(text, "]") {
		return nil, errors.New("a heading without its closing bracket")
	}
	words := strings.TrimSpace(text[1 : len(text)-1])
	if words == "" {
		return nil, errors.New("a heading without a name")
	}
	if i := strings.IndexAny(words, " \t"); i > 0 {
		return &heading{kind: words[:i], name: strings.TrimLeft(words[i:], " \t")}, nil
	}
	return &heading{name: words}, nil
}
