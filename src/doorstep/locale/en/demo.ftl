demo-loading-territory = Importing territory and buildings
demo-loading-kernels = Compiling the districting kernels (first time only)
demo-loading-districting = Drawing grids and micro-grids
demo-loading-people = Appointing people (all invented)
demo-loading-cases = Telling some cases (all invented)
demo-loading-done = The demo is loaded
