package lake

import (
	"io"
	"iter"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"
)

// How files are written. Changing any of it changes the bytes of every file.
const (
	// rowsAtOnce is how many rows are kept until their columns are written. A group of
	// them in a file is what an engine reads at once.
	rowsAtOnce = 1 << 16
	batch      = 1 << 10
)

// Write writes the rows of a table as a Parquet file and returns how many there are. The
// same rows and version have the same bytes. A file may have no rows: that says that there
// are none.
func Write[T any](w io.Writer, version string, rows iter.Seq[T]) (int64, error) {
	f := parquet.NewGenericWriter[T](w,
		parquet.Compression(&zstd.Codec{Level: zstd.SpeedDefault}),
		parquet.CreatedBy("iamctl", version, ""),
		parquet.MaxRowsPerRowGroup(rowsAtOnce),
	)
	var n int64
	kept := make([]T, 0, batch)
	flush := func() error {
		_, err := f.Write(kept)
		kept = kept[:0]
		return err
	}
	for row := range rows {
		n++
		if kept = append(kept, row); len(kept) == batch {
			if err := flush(); err != nil {
				return n, err
			}
		}
	}
	if err := flush(); err != nil {
		return n, err
	}
	return n, f.Close()
}

// Schema returns the schema of a table's rows in Parquet's notation.
func Schema[T any]() string { var row T; return parquet.SchemaOf(row).String() }
