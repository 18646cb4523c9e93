using System.Runtime.Versioning;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

// Whole clusters are tested here: side by side they would only measure each other.
[assembly: Parallelization(Mode = ParallelMode.None)]
[assembly: UnsupportedOSPlatform("windows")]
