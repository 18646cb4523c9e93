using System.Reflection;
using System.Runtime.Loader;

namespace MailGrains.Subscribers.Plugins;

/// <summary>
/// A plugin's assemblies apart from the server's, so that each may have its own versions of what it uses. What the two speak through, the server's own
/// assemblies, is the server's.
/// </summary>
internal sealed class PluginAssemblies(string path) : AssemblyLoadContext(path)
{
    private readonly AssemblyDependencyResolver _resolver = new(path);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (Servers(assemblyName) is { } servers) return servers;
        return _resolver.ResolveAssemblyToPath(assemblyName) is { } found ? LoadFromAssemblyPath(found) : null;
    }

    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } found ? LoadUnmanagedDllFromPath(found) : IntPtr.Zero;

    private static Assembly? Servers(AssemblyName wanted)
    {
        if (wanted.Name?.StartsWith("MailGrains.", StringComparison.Ordinal) != true) return null;
        try
        {
            return Default.LoadFromAssemblyName(wanted);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
