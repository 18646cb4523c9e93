using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace MailGrains.Storage.Tests.GrainState;

public sealed class NoteGrain([PersistentState("note", "settings")] IPersistentState<Note> note, IServiceProvider services) : Grain, INoteGrain
{
    public async Task WriteAsync(string text)
    {
        note.State.Text = text;
        await note.WriteStateAsync();
    }

    public async Task<string?> ReadAsync()
    {
        await note.ReadStateAsync();
        return note.RecordExists ? note.State.Text : null;
    }

    public Task ClearAsync() => note.ClearStateAsync();

    public Task<string?> ETagAsync() => Task.FromResult<string?>(note.Etag);

    public Task<bool> IsRefusedAsync(string? etag) => IsRefusedAsync(etag, (s, state) => s.WriteStateAsync("note", this.GetGrainId(), state));

    public Task<bool> IsClearRefusedAsync(string etag) => IsRefusedAsync(etag, (s, state) => s.ClearStateAsync("note", this.GetGrainId(), state));

    private async Task<bool> IsRefusedAsync(string? etag, Func<IGrainStorage, IGrainState<Note>, Task> write)
    {
        var storage = services.GetRequiredKeyedService<IGrainStorage>("settings");
        var state = new GrainState<Note>(new Note { Text = "stale" }, etag!) { RecordExists = etag is not null };
        try
        {
            await write(storage, state);
            return false;
        }
        catch (InconsistentStateException)
        {
            return true;
        }
    }
}
