package compare

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"iamctl/internal/hint"
	"iamctl/internal/inputfile"
	"iamctl/result"
)

// Saved is the file that a command leaves in its output folder.
type Saved[T any] struct {
	Command  string // such as diff
	FileName string
	Kind     inputfile.Kind
	Decode   func(io.Reader) (T, error)
}

// Read reads the file of a run's folder; the file itself will do too. It returns the file
// as an input as well.
func (o Saved[T]) Read(ctx context.Context, path string) (T, result.Input, error) {
	var none T
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		path = filepath.Join(path, o.FileName)
	}
	f, err := inputfile.Open(ctx, path, o.Kind)
	if errors.Is(err, fs.ErrNotExist) {
		return none, result.Input{}, hint.With(err, "name the output folder of a complete 'iamctl %s'; one without %s is not complete", o.Command, o.FileName)
	}
	if err != nil {
		return none, result.Input{}, err
	}
	defer f.Close()
	return o.From(ctx, path, f)
}

// From reads what the file at a path holds.
func (o Saved[T]) From(ctx context.Context, path string, r io.Reader) (T, result.Input, error) {
	var none T
	sum := sha256.New()
	v, err := o.Decode(io.TeeReader(r, sum))
	if ctx.Err() != nil {
		return none, result.Input{}, ctx.Err()
	}
	if err != nil {
		return none, result.Input{}, fmt.Errorf("%s: %w", path, err)
	}
	return v, result.Input{Path: path, SHA256: hex.EncodeToString(sum.Sum(nil))}, nil
}
