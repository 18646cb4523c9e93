using System.Reflection;

namespace MailGrains.Subscribers.Plugins;

/// <summary>
/// Handlers from files. Keys: <c>Assembly</c> (a .dll, with what it needs beside it), <c>Type</c> (a public <see cref="IEventHandlerFactory"/> in it); all
/// others are the factory's.
/// </summary>
internal sealed class PluginFactory : IEventHandlerFactory
{
    public IEventHandler Create(SubscriberSection section)
    {
        var path = Path.GetFullPath(section.Required("Assembly"));
        var type = Load(section, path).GetType(section.Required("Type"), throwOnError: false);
        if (type is null || !typeof(IEventHandlerFactory).IsAssignableFrom(type) || type.GetConstructor(Type.EmptyTypes) is null)
            throw section.Wrong("Type", $"expected a public class of {path} that is an {nameof(IEventHandlerFactory)} and has a constructor without arguments");
        var handler = Make(section, type);
        return handler.Name == section.Name ? handler : throw section.Wrong("Type", $"its handler is named '{handler.Name}', not as the section");
    }

    private static Assembly Load(SubscriberSection section, string path)
    {
        if (!File.Exists(path)) throw section.Wrong("Assembly", "there is no such file");
        try
        {
            return new PluginAssemblies(path).LoadFromAssemblyPath(path);
        }
        catch (Exception failure) when (failure is IOException or BadImageFormatException or UnauthorizedAccessException or InvalidOperationException)
        {
            throw section.Wrong("Assembly", $"it can't be loaded: {failure.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>Code of somebody else: whatever it throws is said in one line.</summary>
    private static IEventHandler Make(SubscriberSection section, Type type)
    {
        try
        {
            return ((IEventHandlerFactory)Activator.CreateInstance(type)!).Create(section);
        }
        catch (FormatException)
        {
            throw;
        }
        catch (Exception failure)
        {
            var cause = failure is TargetInvocationException { InnerException: { } inner } ? inner : failure;
            throw section.Wrong("Type", $"it made no handler: {cause.GetType().Name}: {cause.Message.ReplaceLineEndings(" ")}");
        }
    }
}
