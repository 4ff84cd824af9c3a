package main

import (
	"cmp"
	"image/color"
	"math"
	"path/filepath"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"

	"navicert/match/eval"
)

// measured is an engine with its outcomes.
type measured struct {
	name string
	*eval.Report
}

var inks = []color.Color{color.RGBA{0x1f, 0x4e, 0x79, 0xff}, color.RGBA{0xb0, 0x5a, 0x1e, 0xff}, color.RGBA{0x4d, 0x7c, 0x2f, 0xff}}

// plots draws recall against the share of clean names that alert, and what
// share of queries is answered within a time. Both axes of the first and the
// time of the second begin where the data does; nothing is smoothed.
func plots(dir string, runs []measured) error {
	recall, latency := plot.New(), plot.New()
	recall.Title.Text = "Recall among the first ten, against false alerts"
	recall.X.Label.Text, recall.Y.Label.Text = "share of clean names that alert (log)", "recall@10"
	recall.X.Scale, recall.X.Tick.Marker = plot.LogScale{}, plot.LogTicks{Prec: -1}
	recall.Y.Min, recall.Y.Max = 0, 1
	latency.Title.Text = "Time for a query, one core"
	latency.X.Label.Text, latency.Y.Label.Text = "milliseconds (log)", "share of queries answered"
	latency.X.Scale, latency.X.Tick.Marker = plot.LogScale{}, plot.LogTicks{Prec: -1}
	latency.Y.Min, latency.Y.Max = 0, 1
	for i, r := range runs {
		for _, d := range []struct {
			p   *plot.Plot
			xys plotter.XYs
		}{{recall, r.curve()}, {latency, r.times()}} {
			l, err := plotter.NewLine(d.xys)
			if err != nil {
				return err
			}
			l.Color, l.Width = inks[i%len(inks)], vg.Points(1.5)
			d.p.Add(l)
			d.p.Legend.Add(r.name, l)
		}
	}
	recall.Legend.Left, recall.Legend.Top = true, true
	latency.Legend.Left, latency.Legend.Top = true, true
	recall.Add(plotter.NewGrid())
	latency.Add(plotter.NewGrid())
	if err := recall.Save(6*vg.Inch, 4*vg.Inch, filepath.Join(dir, "recall.svg")); err != nil {
		return err
	}
	return latency.Save(6*vg.Inch, 4*vg.Inch, filepath.Join(dir, "latency.svg"))
}

// curve is recall at each share of clean names that alert.
func (m measured) curve() (out plotter.XYs) {
	for x := 0.0005; x <= 0.2; x *= 1.15 {
		all := m.Slices(m.Threshold(x), func(*eval.Query) string { return "" })[""]
		out = append(out, plotter.XY{X: x, Y: float64(all.At10) / float64(all.N)})
	}
	return out
}

// times is the share of queries answered within a time.
func (m measured) times() (out plotter.XYs) {
	var ms []float64
	for i := range m.Outcomes {
		ms = append(ms, math.Max(1e-4, float64(m.Outcomes[i].Took.Nanoseconds())/1e6))
	}
	slices.SortFunc(ms, func(a, b float64) int { return cmp.Compare(a, b) })
	step := max(1, len(ms)/400)
	for i := 0; i < len(ms); i += step {
		out = append(out, plotter.XY{X: ms[i], Y: float64(i+1) / float64(len(ms))})
	}
	return out
}
