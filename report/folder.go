package report

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/sync/errgroup"

	"iamctl/result"
)

// writers is how many files are written side by side. Writing is bound by
// memory, so that more than a few gain nothing.
const writers = 4

// Folder writes all files, diff.json too, into the folder dir. It must exist and
// have none of them, as a folder that atomicfile.Dir makes with result.FileName as
// its marker. Files can be read by their owner alone. The first failure ends the
// other writers, and so does the end of ctx. r is one that result.New made.
func Folder(ctx context.Context, dir string, r *result.Result, n Names) error {
	files := Files(r, n)
	files = append(files, File{Name: result.FileName, weight: weightItems, Write: r.Write})
	// Those that take long begin first, so that none is left alone at the end.
	slices.SortStableFunc(files, func(a, b File) int { return b.weight - a.weight })
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(writers)
	for _, f := range files {
		g.Go(func() error { return writeFile(ctx, filepath.Join(dir, f.Name), f.Write) })
	}
	return g.Wait()
}

func writeFile(ctx context.Context, path string, write func(io.Writer) error) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if e := f.Close(); err == nil {
			err = e
		}
	}()
	return write(cancelWriter{ctx, f})
}

// cancelWriter fails once its context has ended.
type cancelWriter struct {
	ctx context.Context
	w   io.Writer
}

func (c cancelWriter) Write(b []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.w.Write(b)
}
