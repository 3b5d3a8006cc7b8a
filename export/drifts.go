package export

import (
	"bytes"
	"context"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"iamctl/compare"
	"iamctl/compare/many"
	"iamctl/internal/inputfile"
	"iamctl/report/lake"
	"iamctl/result/matrix"
)

// ReadDrifts reads the drifts of comparisons: of a diff.json, a matrix.json, or the folder
// of a run that has one of them.
func ReadDrifts(ctx context.Context, paths []string) ([]lake.Drifted, error) {
	var out []lake.Drifted
	for _, path := range paths {
		list, err := readDrifts(ctx, path)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

func readDrifts(ctx context.Context, path string) ([]lake.Drifted, error) {
	if in := filepath.Join(path, matrix.FileName); isFile(in) {
		path = in
	}
	ofMatrix, err := isMatrix(ctx, path)
	if err != nil {
		return nil, err
	}
	if ofMatrix {
		m, err := many.ReadMatrix(ctx, path)
		if err != nil {
			return nil, err
		}
		return lake.DriftsOfMatrix(m), nil
	}
	r, err := compare.ReadRun(ctx, path)
	if err != nil {
		return nil, err
	}
	return []lake.Drifted{lake.DriftsOfDiff(r)}, nil
}

// drifts writes the drifts of every account that was compared, those that have none too.
func (r *run) drifts(ctx context.Context) error {
	if len(r.Drifts) == 0 || !slices.Contains(r.Tables, lake.Drifts) {
		return nil
	}
	rows := map[string][]lake.Drift{}
	for i := range r.Drifts {
		d := &r.Drifts[i]
		at := lake.Partition(d.ID, d.Tag)
		rows[at] = append(rows[at], d.Drifts...)
	}
	for _, at := range slices.Sorted(maps.Keys(rows)) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		n, err := r.file(lake.Drifts, at, func(w io.Writer) (int64, error) { return lake.Write(w, r.Version, slices.Values(rows[at])) })
		if err != nil {
			return err
		}
		r.summary.Rows[lake.Drifts] += n
	}
	return nil
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// headLength is how much of a file is looked at to see what it is.
const headLength = 1 << 10

// isMatrix reports whether a file says of itself that it is a matrix.json.
func isMatrix(ctx context.Context, path string) (bool, error) {
	if !isFile(path) {
		return false, nil // the reading says what is wrong with it
	}
	f, err := inputfile.Open(ctx, path, inputfile.Run)
	if err != nil {
		return false, err
	}
	defer f.Close()
	head, err := io.ReadAll(io.LimitReader(f, headLength))
	return bytes.Contains(head, []byte(strconv.Quote(matrix.Format))), err
}
