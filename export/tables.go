package export

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"

	"iamctl/audit"
	"iamctl/audit/account"
	"iamctl/compare"
	"iamctl/extract/flatten"
	"iamctl/internal/atomicfile"
	"iamctl/inventory"
	"iamctl/report/lake"
	"iamctl/result/found"
)

// Who reads the lake reads what every role of a company may do.
const (
	folderPerm = 0o700
	filePerm   = 0o600
)

// tables are those of one account.
type tables struct {
	*run
	flat      *inventory.Flat
	from      lake.Source
	partition string
	findings  []found.Finding
	// gaps are what of the account could not be read.
	gaps []inventory.Gap
}

func (r *run) tablesOf(a *inventory.Account, s compare.Side) *tables {
	t := &tables{run: r, flat: flatten.Account(a, r.Reference), from: lake.Source{Tag: s.Tag, Name: s.Spec.String()}, partition: lake.Partition(a.ID, s.Tag)}
	if s.Member != nil {
		t.from.Account, t.from.Path = s.Member.Name, s.Member.Path
	}
	t.gaps = t.flat.Gaps
	if slices.Contains(r.Tables, lake.Findings) {
		t.audit()
	}
	return t
}

// audit asks the rules. What of users and groups could not be read is a gap too, then.
func (t *tables) audit() {
	a := account.New(t.flat.Account, t.from.Tag)
	all := audit.Run([]*account.Account{a}, audit.Options{Rules: t.Rules, Config: t.Config, Day: t.Day})
	t.findings = make([]found.Finding, len(all))
	for i := range all {
		t.findings[i] = found.Of(&all[i])
	}
	t.gaps = append(slices.Clone(t.gaps), a.Gaps...)
}

// write writes the tables that are asked for, and returns how many rows each has.
func (t *tables) write(ctx context.Context) (map[string]int64, error) {
	rows := map[string]int64{}
	for _, table := range lake.Tables() {
		if table == lake.Drifts || !slices.Contains(t.Tables, table) {
			continue // drifts are of comparisons
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		n, err := t.file(table, t.partition, func(w io.Writer) (int64, error) { return t.render(w, table) })
		if err != nil {
			return nil, err
		}
		rows[table] = n
	}
	return rows, nil
}

// render writes one table as a Parquet file.
func (t *tables) render(w io.Writer, table string) (int64, error) {
	switch table {
	case lake.Documents:
		return lake.Write(w, t.Version, lake.DocumentsOf(t.flat.Account, t.from.Tag))
	case lake.Items:
		return lake.Write(w, t.Version, lake.ItemsOf(t.flat, t.from))
	case lake.Findings:
		return lake.Write(w, t.Version, lake.FindingsOf(t.flat.ID, t.from, t.rules, t.findings))
	}
	return lake.Write(w, t.Version, lake.RolesOf(t.flat, t.from))
}

// file writes the file of a table, whole or not at all.
func (r *run) file(table, partition string, render func(io.Writer) (int64, error)) (rows int64, err error) {
	path := filepath.Join(r.Dir, filepath.FromSlash(lake.Path(table, r.Day, partition)))
	folder := filepath.Dir(path)
	if err := atomicfile.Inside(folder); err != nil {
		return 0, err
	}
	if err := os.MkdirAll(folder, folderPerm); err != nil {
		return 0, err
	}
	err = atomicfile.Write(path, filePerm, func(w io.Writer) error {
		rows, err = render(w)
		return err
	})
	return rows, err
}
