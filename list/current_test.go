package list

import (
	"sync"
	"sync/atomic"
	"testing"
)

func TestCurrentGivesBackWhatNobodyUses(t *testing.T) {
	var c Current[*atomic.Bool]
	if c.Acquire() != nil {
		t.Fatal("something before the first Swap")
	}
	var given, done atomic.Int64
	next := func() {
		given.Add(1)
		c.Swap(&atomic.Bool{}, func(closed *atomic.Bool) {
			if closed.Swap(true) {
				t.Error("given back twice")
			}
			done.Add(1)
		})
	}
	next()
	stop := make(chan struct{})
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				h := c.Acquire()
				if h.Value.Load() {
					t.Error("in use and given back")
				}
				h.Release()
			}
		})
	}
	for range 2000 {
		next()
	}
	held := c.Acquire()
	close(stop)
	all.Wait()
	next()
	if held.Value.Load() {
		t.Error("given back before its last user was done")
	}
	held.Release()
	if given.Load()-1 != done.Load() { // the last one is still current
		t.Errorf("%d given, %d given back", given.Load(), done.Load())
	}
}
