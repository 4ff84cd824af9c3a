package main

import (
	"os"
	"strings"
	"testing"
)

// TestReadmeOutput holds the README's sample against what the program prints:
// every line of the block must come, in order; … stands for lines left out.
func TestReadmeOutput(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir("../..")
	out := judged(t, 2, "check", "examples/pentest-suite-to-harbin.yaml")
	_, block, ok := strings.Cut(string(readme), "```\nSTOP")
	if !ok {
		t.Fatal("the README has no sample")
	}
	block, _, _ = strings.Cut("STOP"+block, "\n```")
	lines := strings.Split(out, "\n")
	for _, want := range strings.Split(block, "\n") {
		if want == "…" {
			continue
		}
		i := 0
		for i < len(lines) && lines[i] != want {
			i++
		}
		if i == len(lines) {
			t.Fatalf("the README says %q, which the program does not print there", want)
		}
		lines = lines[i+1:]
	}
}
