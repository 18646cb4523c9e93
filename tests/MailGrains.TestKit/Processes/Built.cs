namespace MailGrains.TestKit.Processes;

/// <summary>The programs as the build that contains this test left them.</summary>
internal static class Built
{
    public static string Root { get; } = FindRoot();

    public static string Silo => Output("silo/MailGrains.Silo", "published/MailGrains.Silo.dll");

    public static string Frontend => Output("frontends/MailGrains.Frontends.Host", "published/MailGrains.Frontends.Host.dll");

    public static string Cli => Output("tools/MailGrains.Cli", "mailgrains.dll");

    public static string Verify => Output("tools/MailGrains.Verify", "mailgrains-verify.dll");

    private static string Output(string project, string program)
    {
        // …/bin/<configuration>/net10.0/
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var path = Path.Combine(Root, project, "bin", framework.Parent!.Name, framework.Name, program);
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is missing: build the solution first.");
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "MailGrains.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException("MailGrains.sln is in no folder above " + AppContext.BaseDirectory);
    }
}
