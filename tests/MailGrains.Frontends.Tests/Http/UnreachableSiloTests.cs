using System.Text.Json;
using MailGrains.Frontends.Http;
using MailGrains.Grains.Contracts.Mailboxes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime;
using Xunit;

namespace MailGrains.Frontends.Tests.Http;

/// <summary>Calls of the admin API that are under way when a silo goes.</summary>
public sealed class UnreachableSiloTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly DefaultHttpContext _http = new() { Response = { Body = new MemoryStream() } };
    private int _calls;

    public UnreachableSiloTests() =>
        _http.RequestServices = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(_time).BuildServiceProvider();

    [Fact]
    public async Task A_read_is_made_again()
    {
        var asking = AskAsync("GET", () => _calls == 1 ? throw new SiloUnavailableException() : "answer");
        await WhileTimePassesAsync(asking);
        Assert.Equal((2, (object?)"answer"), (_calls, await asking));
    }

    [Fact]
    public async Task A_read_whose_session_went_with_its_mailbox_is_made_again_too()
    {
        var asking = AskAsync("GET", () => _calls == 1 ? throw new MailboxException(MailboxError.UnknownSession, "gone") : "answer");
        await WhileTimePassesAsync(asking);
        Assert.Equal((2, (object?)"answer"), (_calls, await asking));
    }

    [Fact]
    public async Task A_read_that_nobody_answers_is_an_error_503_in_the_end()
    {
        var asking = AskAsync("GET", () => throw new SiloUnavailableException());
        await WhileTimePassesAsync(asking);
        Assert.InRange(_calls, 2, 100);
        await AssertUnavailableAsync(await asking, "unavailable");
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task A_change_is_not_made_again_and_is_an_error_503(string method)
    {
        foreach (var failure in new Exception[] { new SiloUnavailableException(), new TimeoutException() })
        {
            _calls = 0;
            await AssertUnavailableAsync(await AskAsync(method, () => throw failure), "unavailable");
            Assert.Equal(1, _calls);
        }
    }

    [Fact]
    public async Task What_a_mailbox_refuses_for_the_time_being_says_when_to_come_back() =>
        await AssertUnavailableAsync(await AskAsync("POST", () => throw new MailboxException(MailboxError.Unavailable, "later")), "Unavailable");

    [Fact]
    public async Task An_answer_that_has_begun_is_not_begun_again()
    {
        foreach (var failure in new Exception[] { new TimeoutException(), new MailboxException(MailboxError.Unavailable, "later") })
        {
            _calls = 0;
            var ended = await Record.ExceptionAsync(() => AskAsync("GET", () =>
            {
                _http.Response.BodyWriter.GetSpan(1);
                _http.Response.BodyWriter.Advance(1);
                throw failure;
            }));
            Assert.Same(failure, ended);
            Assert.Equal(1, _calls);
        }
    }

    [Fact]
    public async Task A_defect_stays_what_it_is() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => AskAsync("GET", () => throw new InvalidOperationException()));

    private Task<object?> AskAsync(string method, Func<object> answer)
    {
        _http.Request.Method = method;
        var context = EndpointFilterInvocationContext.Create(_http);
        return ApiError.Filter(context, inner => PatientReads.Filter(inner, _ =>
        {
            _calls++;
            return ValueTask.FromResult<object?>(answer());
        })).AsTask();
    }

    private async Task WhileTimePassesAsync(Task asking)
    {
        while (!asking.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    private async Task AssertUnavailableAsync(object? answer, string error)
    {
        using var body = new MemoryStream();
        var response = new DefaultHttpContext { RequestServices = _http.RequestServices, Response = { Body = body } };
        await Assert.IsAssignableFrom<IResult>(answer).ExecuteAsync(response);
        Assert.Equal((503, "5"), (response.Response.StatusCode, _http.Response.Headers.RetryAfter.ToString()));
        var told = JsonDocument.Parse(body.ToArray()).RootElement;
        Assert.Equal(error, told.GetProperty("error").GetString());
        Assert.NotEmpty(told.GetProperty("message").GetString()!);
    }
}
