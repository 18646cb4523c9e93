using Orleans;

namespace MailGrains.Storage.Tests.GrainState;

/// <summary>The smallest grain with a stored state.</summary>
public interface INoteGrain : IGrainWithStringKey
{
    Task WriteAsync(string text);

    /// <summary>The stored text, read anew from the storage; null when nothing is stored.</summary>
    Task<string?> ReadAsync();

    Task ClearAsync();

    /// <summary>Goes on with an ETag other than the last, as an activation that was overtaken would; true when the storage refuses.</summary>
    Task<bool> IsRefusedAsync(string? etag);

    Task<bool> IsClearRefusedAsync(string etag);

    Task<string?> ETagAsync();
}
