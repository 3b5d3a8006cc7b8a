package reference

import (
	"bytes"
	"io"
	"testing"
)

func BenchmarkRead(b *testing.B) {
	var file bytes.Buffer
	if err := Embedded().Write(&file); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read("iam.json", bytes.NewReader(file.Bytes())); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEmbeddedFirstLookup(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		r, err := unpack(embeddedData)
		if err != nil {
			b.Fatal(err)
		}
		s, _ := r.Service("s3")
		if _, ok := s.Lookup("getobject"); !ok {
			b.Fatal("s3:GetObject is missing")
		}
	}
}

func BenchmarkEmbeddedAll(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		r, err := unpack(embeddedData)
		if err != nil {
			b.Fatal(err)
		}
		for _, prefix := range r.Services() {
			r.Service(prefix)
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	for b.Loop() {
		if err := Embedded().Write(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLookup(b *testing.B) {
	s, _ := Embedded().Service("ec2")
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := s.Lookup("runinstances"); !ok {
			b.Fatal("ec2:RunInstances is missing")
		}
	}
}

func BenchmarkExpand(b *testing.B) {
	s, _ := Embedded().Service("ec2")
	for _, pattern := range []string{"Describe*", "*", "*Instance*"} {
		b.Run(pattern, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if len(s.Expand(pattern)) == 0 {
					b.Fatal("no actions")
				}
			}
		})
	}
}
