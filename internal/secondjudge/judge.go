package main

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

//go:embed ask.cjs
var program string

// judge is the other evaluator, a process of its own.
type judge struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

// start runs the judge with the library in the folder.
func start(folder string) (*judge, error) {
	cmd := exec.Command("node", "-e", program, folder)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("%w: is Node installed?", err)
	}
	return &judge{cmd, in, bufio.NewReader(out)}, nil
}

// ask returns the answers to the questions, in order.
func (j *judge) ask(questions []*question) ([]string, error) {
	failed := make(chan error, 1)
	go func() {
		w := bufio.NewWriter(j.in)
		for _, q := range questions {
			_, _ = w.Write(append(q.line(), '\n')) // Flush returns the error
		}
		failed <- w.Flush()
	}()
	answers := make([]string, 0, len(questions))
	for range questions {
		line, err := j.out.ReadString('\n')
		if err != nil {
			return nil, fmt.Errorf("the judge stopped: %w", err)
		}
		answers = append(answers, strings.TrimSuffix(line, "\n"))
	}
	return answers, <-failed
}

func (j *judge) stop() error {
	if err := j.in.Close(); err != nil {
		return err
	}
	return j.cmd.Wait()
}
