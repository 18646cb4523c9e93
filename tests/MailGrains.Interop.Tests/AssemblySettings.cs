using System.Runtime.Versioning;
using MailGrains.Interop.Tests.Server;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

// Whole processes are tested here: side by side they would only measure each other.
[assembly: Parallelization(Mode = ParallelMode.None)]
[assembly: AssemblyFixture(typeof(SharedServer))]
[assembly: UnsupportedOSPlatform("windows")]
